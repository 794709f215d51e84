using System.Text;

namespace Carillon.Network;

/// <summary>One action as received: headers in order, keys without case.</summary>
/// <param name="Error">Why it cannot be carried out, or null.</param>
sealed record AmiAction(IReadOnlyList<(string Key, string Value)> Headers, string? Error)
{
    public string this[string key] => Find(key) ?? "";

    public string? Find(string key)
    {
        foreach (var (name, value) in Headers)
        {
            if (name.Equals(key, StringComparison.OrdinalIgnoreCase)) return value;
        }
        return null;
    }

    public IEnumerable<string> All(string key) => Headers.Where(h => h.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value);
}

/// <summary>Cuts received bytes into actions, with Asterisk's limits: 1,024 bytes a line, 128 headers.</summary>
sealed class ActionReader
{
    const int MaxLine = 1024;
    const int MaxHeaders = 128;
    byte[] _bytes = new byte[8192];
    int _start;
    int _end;
    List<(string, string)> _headers = [];
    string? _error;

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        if (_start > 0)
        {
            _bytes.AsSpan(_start.._end).CopyTo(_bytes);
            (_start, _end) = (0, _end - _start);
        }
        if (_end + bytes.Length > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _end + bytes.Length));
        bytes.CopyTo(_bytes.AsSpan(_end));
        _end += bytes.Length;
    }

    public AmiAction? Next()
    {
        while (_bytes.AsSpan(_start.._end).IndexOf((byte)'\n') is >= 0 and var length)
        {
            var line = _bytes.AsSpan(_start, length);
            _start += length + 1;
            if (line.EndsWith("\r"u8)) line = line[..^1];
            if (line.Length > 0) Header(line);
            else if (_headers.Count > 0 || _error is not null) return Take();
        }
        return null;
    }

    void Header(ReadOnlySpan<byte> line)
    {
        if (line.Length > MaxLine)
        {
            _error = "Failed to parse message: line too long";
            return;
        }
        if (_headers.Count >= MaxHeaders)
        {
            _error = "Failed to parse message: too many headers";
            return;
        }
        var text = Encoding.UTF8.GetString(line);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        _headers.Add(colon < 0 ? (text, "") : (text[..colon], text[(colon + 1)..].TrimStart(' ')));
    }

    AmiAction Take()
    {
        var action = new AmiAction(_headers, _error);
        (_headers, _error) = ([], null);
        return action;
    }
}
