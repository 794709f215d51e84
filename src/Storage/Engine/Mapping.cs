using System.Collections.Immutable;
using System.Data;
using Carillon.Dispositions;
using Carillon.Leads;
using Carillon.Numbers;
using Dapper;

namespace Carillon.Storage;

/// <summary>How values become columns: the only place that knows. Times are UTC microseconds, keys their text, maps JSON.</summary>
static class Mapping
{
    static int _registered;

    /// <summary>Dapper keeps its handlers per process; registering twice does nothing.</summary>
    public static void Register()
    {
        if (Interlocked.Exchange(ref _registered, 1) == 1) return;
        // Dapper asks its own table before the handlers, and has an entry for this type.
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
        Add(DbType.Int64, t => t.Micros(), v => Time(Convert.ToInt64(v, null)));
        Word(v => new CampaignId(v));
        Word(v => new ServerId(v));
        Word(v => new TrunkId(v));
        Word(v => new QueueId(v));
        Word(v => new ScheduleId(v));
        Word(v => new AgentId(v));
        Word(v => new DispositionId(v));
        Word(v => new AttemptId(v));
        Word(v => new PhoneNumber(v));
        Add(DbType.String, Json, v => CarillonJson.Read<ImmutableDictionary<string, string>>((string)v));
        Add(DbType.String, Json, v => CarillonJson.Read<ImmutableArray<PhoneNumber>>((string)v));
        Add(DbType.String, Json, v => CarillonJson.Read<LeadTries>((string)v));
        Add<CallDisposition>(DbType.String, CarillonJson.Write, v => CarillonJson.Read<CallDisposition>((string)v));
    }

    public static long Micros(this DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static long? Micros(this DateTimeOffset? time) => time?.Micros();

    public static DateTimeOffset Time(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);

    public static string? Json(ImmutableArray<PhoneNumber> numbers) => numbers.IsDefaultOrEmpty ? null : CarillonJson.Write(numbers);

    public static string? Json(LeadTries tries) => tries == LeadTries.None ? null : CarillonJson.Write(tries);

    public static string? Json(ImmutableDictionary<string, string> map) => map.IsEmpty ? null : CarillonJson.Write(map);

    static void Word<T>(Func<string, T> parse) where T : struct => Add<T>(DbType.String, v => v.ToString(), v => parse((string)v));

    static void Add<T>(DbType type, Func<T, object?> write, Func<object, T> read) => SqlMapper.AddTypeHandler(typeof(T), new Handler<T>(type, write, read));

    // Sets the type for nulls too: PostgreSQL cannot always tell what an untyped null is.
    sealed class Handler<T>(DbType type, Func<T, object?> write, Func<object, T> read) : SqlMapper.ITypeHandler
    {
        public void SetValue(IDbDataParameter parameter, object value)
        {
            parameter.DbType = type;
            parameter.Value = value is T typed ? write(typed) ?? DBNull.Value : DBNull.Value;
        }

        public object? Parse(Type destinationType, object value) => read(value);
    }
}
