using System.Text;
using Carillon.Ami.Events;

namespace Carillon.Ami;

sealed partial class AmiConnection
{
    /// <summary>False when the connection broke over it.</summary>
    bool Dispatch(in Frame frame)
    {
        var headers = new HeaderCursor(frame, _texts, epoch);
        // An OriginateResponse has both; it is an event.
        if (headers.FindEvent(out var name)) return OnEvent(frame, name, ref headers);
        OnResponse(frame, ref headers);
        return true;
    }

    bool OnEvent(in Frame frame, ReadOnlySpan<byte> name, ref HeaderCursor headers)
    {
        var kind = catalog.Find(name);
        if (_correlator.HasLists && headers.Find("ActionID"u8, out var id) && _correlator.FindList(id) is { } list)
        {
            if (headers.Find("EventList"u8, out var mark)) _correlator.End(id, list, Encoding.Latin1.GetString(mark), Items(ref headers));
            else list.Add(kind?.Decode(ref headers) ?? new UntypedEvent(TextCache.Decode(name), headers.All()) { Epoch = epoch });
            return true;
        }
        if (kind is null || kind.RowOnly || !(kind.Wanted || kind.ForLink))
        {
            Interlocked.Increment(ref kind is { RowOnly: true } ? ref meter.Unmatched : ref meter.Ignored);
            return true;
        }
        var decoded = kind.Decode(ref headers);
        if (decoded is FullyBootedEvent booted) _booted.TrySetResult(booted);
        else if (decoded is ShutdownEvent) _shutdownAnnounced = true;
        return !kind.Wanted || queue is null || Enqueue(decoded, kind, frame.Bytes.Length);
    }

    bool Enqueue(AmiEvent decoded, EventKind kind, int bytes)
    {
        if (queue!.TryAdd(decoded, bytes, kind.Droppable)) return true;
        Interlocked.Increment(ref meter.Gaps);
        Break(AmiCause.Overflow, $"More than {options.QueueBytes:N0} bytes of events waited for the consumer; events were lost. The client reconnects and takes a snapshot.");
        queue.Flush();
        return false;
    }

    void OnResponse(in Frame frame, ref HeaderCursor headers)
    {
        if (!headers.Find("ActionID"u8, out var id) || !_correlator.Answer(id, Response(frame, ref headers)))
            Interlocked.Increment(ref meter.Unmatched);
    }

    static AmiResponse Response(in Frame frame, ref HeaderCursor headers)
    {
        var message = headers.Text("Message"u8);
        var answer = headers.Is("Response"u8, "Error"u8)
            ? message.Equals("Permission denied", StringComparison.OrdinalIgnoreCase) ? AmiAnswer.PermissionDenied : AmiAnswer.Refused
            : AmiAnswer.Success;
        return new(answer, message, AmiHeaders.Copy(frame));
    }

    static int Items(ref HeaderCursor headers) => headers.Find("ListItems"u8, out _) ? headers.Int("ListItems"u8) : -1;
}
