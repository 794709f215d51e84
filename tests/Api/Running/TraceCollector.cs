using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Carillon.Api.Tests.Running;

/// <summary>A span as it came over the wire.</summary>
/// <param name="Trace">In hexadecimal digits, as the ids of spans.</param>
/// <param name="Parent">Empty: the root.</param>
sealed record SentSpan(string Trace, string Id, string Parent, string Name, ulong Start, ulong End, IReadOnlyDictionary<string, string> Tags);

/// <summary>Takes spans by OTLP over gRPC, as a collector does: https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto.</summary>
sealed class TraceCollector : IAsyncDisposable
{
    const int FrameHead = 5;

    readonly WebApplication _app;

    TraceCollector(WebApplication app) => _app = app;

    public ConcurrentQueue<SentSpan> Spans { get; } = [];

    public string Address => _app.Urls.Single();

    public static async Task<TraceCollector> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l => l.Protocols = HttpProtocols.Http2));
        builder.Services.AddRouting();
        var collector = new TraceCollector(builder.Build());
        collector._app.MapPost("/opentelemetry.proto.collector.trace.v1.TraceService/Export", collector.Take);
        await collector._app.StartAsync();
        return collector;
    }

    async Task Take(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var frame = body.ToArray();
        var length = (int)BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(1));
        foreach (var resource in Protobuf.Read(frame.AsMemory(FrameHead, length)).All(1))
            foreach (var scope in Protobuf.Read(resource).All(2))
                foreach (var span in Protobuf.Read(scope).All(2)) Spans.Enqueue(Span(Protobuf.Read(span)));
        http.Response.ContentType = "application/grpc";
        await http.Response.Body.WriteAsync(new byte[FrameHead]);
        http.Response.AppendTrailer("grpc-status", "0");
    }

    static SentSpan Span(Protobuf span) => new(Hex(span, 1), Hex(span, 2), Hex(span, 4), span.Text(5), span.Number(7), span.Number(8),
        span.All(9).Select(Protobuf.Read).ToDictionary(tag => tag.Text(1), tag => Protobuf.Read(tag.All(2).Single()).Text(1)));

    static string Hex(Protobuf span, int field) => Convert.ToHexString(span.All(field).SingleOrDefault().Span);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
