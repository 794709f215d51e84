using Carillon.Numbers;

namespace Carillon.Lists;

/// <summary>
/// The first numbers of a list with the line of each: 12 bytes a place in an open hash table that is at most 70 % full, so 3 MB at <see cref="Most"/>. Further
/// numbers are not remembered, so that a list of any length takes no more memory; the store finds their duplicates all the same.
/// </summary>
sealed class SeenNumbers
{
    public const int Most = 100_000;

    long[] _numbers = new long[1024];
    int[] _lines = new int[1024];
    int _count;

    /// <summary>The line that had the number before, or 0 if it is new.</summary>
    public int Add(PhoneNumber number, int line)
    {
        // At most 15 digits: the number itself is the key, so there are no false duplicates.
        var key = long.Parse(number.Value.AsSpan(1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture);
        var place = Place(key);
        if (_numbers[place] == key) return _lines[place];
        if (_count == Most) return 0;
        (_numbers[place], _lines[place]) = (key, line);
        if (++_count > _numbers.Length * 0.7) Grow();
        return 0;
    }

    int Place(long key)
    {
        var mask = _numbers.Length - 1;
        // Fibonacci hashing: numbers of one list lie close together.
        var place = (int)((ulong)key * 0x9E3779B97F4A7C15UL >> 32) & mask;
        while (_numbers[place] != 0 && _numbers[place] != key) place = (place + 1) & mask;
        return place;
    }

    void Grow()
    {
        var (numbers, lines) = (_numbers, _lines);
        (_numbers, _lines) = (new long[numbers.Length * 2], new int[numbers.Length * 2]);
        for (var i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] == 0) continue;
            var place = Place(numbers[i]);
            (_numbers[place], _lines[place]) = (numbers[i], lines[i]);
        }
    }
}
