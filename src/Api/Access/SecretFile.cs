using Microsoft.Extensions.Options;

namespace Carillon.Api.Access;

/// <summary>A file that holds one secret and nothing else.</summary>
public static class SecretFile
{
    /// <param name="key">The setting that names the file.</param>
    /// <param name="file">Its path.</param>
    /// <returns>What stands in it, without blanks and line ends around it.</returns>
    /// <exception cref="OptionsValidationException">It cannot be read, or is empty.</exception>
    public static string Read(string key, string file)
    {
        string text;
        try
        {
            text = File.ReadAllText(file).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Wrong($"{key} names a file that cannot be read: {e.Message.TrimEnd('.')}.");
        }
        return text.Length > 0 ? text : throw Wrong($"{key} names a file that is empty: {file}.");
    }

    static OptionsValidationException Wrong(string sentence) => new("Secrets", typeof(SecretFile), [sentence]);
}
