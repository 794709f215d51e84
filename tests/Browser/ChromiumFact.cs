namespace Carillon.Browser.Tests;

/// <summary>A test in the system's own Chromium; nothing is downloaded for it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    public static readonly string? Path = Environment.GetEnvironmentVariable("CARILLON_TEST_CHROMIUM") ??
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => System.IO.Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    public ChromiumFactAttribute()
    {
        if (Path is null) Skip = "There is no Chromium on this machine: install the package chromium, or say where it is by CARILLON_TEST_CHROMIUM.";
    }
}

/// <summary>As <see cref="ChromiumFactAttribute"/>, once for each row of data.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumTheoryAttribute : TheoryAttribute
{
    public ChromiumTheoryAttribute() => Skip = new ChromiumFactAttribute().Skip;
}
