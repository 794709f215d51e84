namespace Carillon.Lists;

/// <summary>What people call columns that say when a lead's turn is.</summary>
static class ColumnNames
{
    public static readonly string[] DialAt =
        ["dialAt", "dial at", "dial time", "dialtime", "call at", "call time", "время звонка", "время вызова", "дата звонка", "позвонить в", "перезвонить"];

    public static readonly string[] Chance = ["chance", "probability", "шанс", "вероятность", "вероятность ответа"];

    public static readonly string[] CallOrder = ["callOrder", "call order", "порядок", "порядок звонка", "порядок обзвона", "очерёдность", "очередность"];

    /// <returns>Null: no column has such a name, or it is that of the numbers.</returns>
    public static int? Find(ListFormat format, string[] names)
    {
        for (var i = 0; i < format.Columns.Length; i++)
            if (i != format.NumberColumn && names.Contains(format.Columns[i].Trim(), StringComparer.OrdinalIgnoreCase)) return i;
        return null;
    }
}
