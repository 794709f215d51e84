using System.Globalization;

namespace Carillon.Network;

static partial class AmiActions
{
    static List<CallQueue> QueuesOf(AmiSession session, AmiAction action)
    {
        if (action["Queue"] is not { Length: > 0 } name) return [.. session.Server.Queues.Values];
        return session.Server.Queues.TryGetValue(name, out var queue) ? [queue] : [];
    }

    static void QueueStatus(AmiSession session, AmiAction action)
    {
        ListStart(session, action, "Queue status will follow");
        var items = 0;
        foreach (var queue in QueuesOf(session, action))
        {
            items++;
            End(session, WithId(Row(session, action, "QueueParams"u8, idFirst: false).Line("Queue: "u8, queue.Name).Raw("Max: 0\r\n"u8)
                .Line("Strategy: "u8, queue.Config.Strategy switch { QueueStrategy.RingAll => "ringall", QueueStrategy.LeastRecent => "leastrecent", _ => "rrmemory" })
                .Line("Calls: "u8, queue.Callers.Count).Line("Holdtime: "u8, queue.HoldTime).Line("TalkTime: "u8, queue.TalkTime).Line("Completed: "u8, queue.Completed)
                .Line("Abandoned: "u8, queue.Abandoned).Line("ServiceLevel: "u8, queue.Config.ServiceLevel).Line("ServicelevelPerf: "u8, queue.ServiceLevel)
                .Line("ServicelevelPerf2: "u8, queue.ServiceLevel).Raw("Weight: 0\r\n"u8), action));
            foreach (var member in queue.Members)
            {
                if (action["Member"] is { Length: > 0 } wanted && wanted != member.Interface && wanted != member.Name) continue;
                items++;
                var row = Row(session, action, "QueueMember"u8, idFirst: false);
                member.Row(row);
                End(session, WithId(row, action));
            }
            foreach (var caller in queue.Callers)
            {
                items++;
                var channel = caller.Caller;
                End(session, WithId(Row(session, action, "QueueEntry"u8, idFirst: false).Line("Queue: "u8, queue.Name).Line("Position: "u8, queue.PositionOf(caller))
                    .Line("Channel: "u8, channel.Name).Line("Uniqueid: "u8, channel.UniqueId).Line("CallerIDNum: "u8, channel.CallerNumber)
                    .EscapedLine("CallerIDName: "u8, channel.CallerName).Line("ConnectedLineNum: "u8, channel.ConnectedNumber)
                    .EscapedLine("ConnectedLineName: "u8, channel.ConnectedName)
                    .Line("Wait: "u8, (long)(session.Server.Now - caller.Joined).TotalSeconds).Raw("Priority: 0\r\n"u8), action));
            }
        }
        ListEnd(session, action, "QueueStatusComplete"u8, items);
    }

    static void QueueSummary(AmiSession session, AmiAction action)
    {
        ListStart(session, action, "Queue summary will follow");
        var items = 0;
        foreach (var queue in QueuesOf(session, action))
        {
            items++;
            var longest = queue.Callers.Count == 0 ? 0 : (long)queue.Callers.Max(c => (session.Server.Now - c.Joined).TotalSeconds);
            End(session, WithId(Row(session, action, "QueueSummary"u8, idFirst: false).Line("Queue: "u8, queue.Name).Line("LoggedIn: "u8, queue.Members.Count)
                .Line("Available: "u8, queue.Members.Count(m => m.IsAvailable)).Line("Callers: "u8, queue.Callers.Count).Line("HoldTime: "u8, queue.HoldTime)
                .Line("TalkTime: "u8, queue.TalkTime).Line("LongestHoldTime: "u8, longest), action));
        }
        ListEnd(session, action, "QueueSummaryComplete"u8, items);
    }

    static void QueueAdd(AmiSession session, AmiAction action)
    {
        var (queueName, member) = (action["Queue"], action["Interface"]);
        if (queueName.Length == 0) Error(session, action, "'Queue' not specified.");
        else if (member.Length == 0) Error(session, action, "'Interface' not specified.");
        else if (!session.Server.Queues.TryGetValue(queueName, out var queue)) Error(session, action, "Unable to add interface to queue: No such queue");
        else if (queue.Find(member) is not null) Error(session, action, "Unable to add interface: Already there");
        else
        {
            Ok(session, action, "Added interface to queue");
            queue.Add(member, action["MemberName"], Penalty(action), IsTrue(action["Paused"]), action["Reason"]);
        }
    }

    static void QueueRemove(AmiSession session, AmiAction action)
    {
        var (queueName, member) = (action["Queue"], action["Interface"]);
        if (queueName.Length == 0 || member.Length == 0) Error(session, action, "Need 'Queue' and 'Interface' parameters.");
        else if (!session.Server.Queues.TryGetValue(queueName, out var queue)) Error(session, action, "Unable to remove interface from queue: No such queue");
        else if (queue.Find(member) is null) Error(session, action, "Unable to remove interface: Not there");
        else
        {
            Ok(session, action, "Removed interface from queue");
            queue.Remove(member);
        }
    }

    static void QueuePause(AmiSession session, AmiAction action)
    {
        var (member, paused) = (action["Interface"], action["Paused"]);
        if (member.Length == 0 || paused.Length == 0)
        {
            Error(session, action, "Need 'Interface' and 'Paused' parameters.");
            return;
        }
        var members = QueuesOf(session, action).Select(q => q.Find(member)).OfType<QueueMember>().ToList();
        if (members.Count == 0)
        {
            Error(session, action, "Interface not found");
            return;
        }
        Ok(session, action, IsTrue(paused) ? "Interface paused successfully" : "Interface unpaused successfully");
        foreach (var one in members) one.SetPaused(IsTrue(paused), action["Reason"]);
    }

    static void QueuePenalty(AmiSession session, AmiAction action)
    {
        if (action["Interface"].Length == 0 || action["Penalty"].Length == 0)
        {
            Error(session, action, "Need 'Interface' and 'Penalty' parameters.");
            return;
        }
        var members = QueuesOf(session, action).Select(q => q.Find(action["Interface"])).OfType<QueueMember>().ToList();
        if (members.Count == 0 || Penalty(action) < 0)
        {
            Error(session, action, "Invalid interface, queuename or penalty");
            return;
        }
        Ok(session, action, "Interface penalty set successfully");
        foreach (var one in members) one.SetPenalty(Penalty(action));
    }

    static int Penalty(AmiAction action) => int.TryParse(action["Penalty"], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var penalty) ? penalty : 0;
}
