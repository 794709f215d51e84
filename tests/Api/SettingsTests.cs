using System.Net;
using Carillon.Silo;
using Carillon.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Carillon.Api.Tests;

/// <summary>What a node is told is read as a whole before it does anything.</summary>
public sealed class SettingsTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("carillon-settings-");

    public void Dispose() => _folder.Delete(recursive: true);

    static IReadOnlyList<string> Wrong(params string[] args) => [.. Assert.Throws<OptionsValidationException>(() => NodeSettings.Read(new ConfigurationManager(), args)).Failures];

    static IEnumerable<string> Keys(IEnumerable<string> sentences) => sentences.Select(s => s.Split(' ')[0]);

    string File(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    [Fact]
    public void Values_that_cannot_be_read_hide_no_other_mistake_in_any_section()
    {
        var wrong = Wrong("--port", "abc", "--for", "soon", "--roles", "boss", "--Api:SecureCookies=maybe", "--Api:MinPasswordLength=2", "--Storage:Readers=0", "--Storage:WriteQueue=0",
            "--storage", "nonsense", "--Servers:Lease=00:10:00", "--Campaigns:InCallRest=00:00:00", "--Node:LogFormat=xml");
        Assert.Equal(
            ["Node:For", "Node:LogFormat", "Node:Port", "Api:SecureCookies", "Cluster:Roles", "Api:MinPasswordLength", "Storage:ConnectionString", "Storage:WriteQueue", "Storage:Readers", "Servers:Lease", "Campaigns:InCallRest"],
            Keys(wrong));
        Assert.Contains("Node:Port (--port) must be a whole number; it is 'abc'.", wrong);
        Assert.Contains("Node:For (--for) must be a time such as 00:01:30; it is 'soon'.", wrong);
        Assert.Contains("Cluster:Roles (--roles) must be All or Api; it is 'boss'.", wrong);
        Assert.Contains("Api:SecureCookies must be true or false; it is 'maybe'.", wrong);
    }

    [Fact]
    public void A_key_that_is_no_setting_is_named_with_the_one_that_was_meant_wherever_it_was_given()
    {
        var configuration = new ConfigurationManager();
        // As from the environment.
        configuration.AddInMemoryCollection([new("Api:SesionLifetime", "08:00:00"), new("Servers:Lease:Of", "1"), new("SOMEBODY:ELSES", "1")]);
        var wrong = Assert.Throws<OptionsValidationException>(() => NodeSettings.Read(configuration, ["--Foo:Bar=1", "--what", "--Storage:Colour", "blue", "--port", "x", "--Logging:LogLevel:Default=Debug"])).Failures;
        Assert.Equal(
            [
                "There is no switch --Foo:Bar; --help shows them all.", "There is no switch --what; --help shows them all.", "Node:Port (--port) must be a whole number; it is 'x'.",
                "Api:SesionLifetime is no setting; Api:SessionLifetime is one.", "Storage:Colour is no setting.", "Servers:Lease has nothing below it.",
            ], wrong);
    }

    [Fact]
    public void What_several_parts_find_wrong_at_their_start_is_said_by_all_of_them()
    {
        var failure = new AggregateException(new OptionsValidationException("a", typeof(int), ["First."]), new InvalidOperationException(), new OptionsValidationException("b", typeof(int), ["Second.", "Third."]));
        Assert.Equal(["First.", "Second.", "Third."], StartRefused.Explain(failure, null)!);
        Assert.Null(StartRefused.Explain(new AggregateException(new InvalidOperationException()), null));
    }

    [Fact]
    public void Secrets_come_from_files_and_what_is_wrong_with_these_is_said_without_showing_them()
    {
        var (connection, password) = (File("connection", "Host=db;Username=carillon\n"), File("password", "p;w=1\n"));
        var (_, _, _, storage) = NodeSettings.Read(new ConfigurationManager(), [$"--Storage:ConnectionStringFile={connection}", $"--Storage:PasswordFile={password}"]);
        Assert.Equal("p;w=1", new Npgsql.NpgsqlConnectionStringBuilder(storage.WithPassword).Password);
        Assert.Equal(StorageProvider.Postgres, storage.FindProvider());

        var missing = Path.Combine(_folder.FullName, "missing");
        Assert.Contains(missing, Assert.Single(Wrong($"--Storage:ConnectionStringFile={missing}")), StringComparison.Ordinal);
        Assert.Equal(["Storage:ConnectionStringFile", "Storage:PasswordFile"], Keys(Wrong("--storage", "Host=a", $"--Storage:ConnectionStringFile={connection}", $"--Storage:PasswordFile={File("empty", " \n")}")));
        Assert.Equal(["Storage:ConnectionString"], Keys(Wrong($"--Storage:PasswordFile={password}")));
        Assert.DoesNotContain(Wrong("--storage", "Host=a;Nonsense=hunter2", "--Api:AdminPassword=hunter2", $"--Api:AdminPasswordFile={password}"), s => s.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_first_administrators_password_comes_from_a_file_which_nobody_needs_later()
    {
        var file = File("admin", TestNode.AdminPassword + "\n");
        WebApplication Create() => Node.Create(["--data", Path.Combine(_folder.FullName, "data"), "--port", "0", $"--Api:AdminPasswordFile={file}"]);
        System.IO.File.Move(file, file + ".away");
        await using (var early = Create())
        {
            var failure = await Assert.ThrowsAnyAsync<Exception>(() => early.StartAsync());
            Assert.StartsWith("Api:AdminPasswordFile", Assert.Single(StartRefused.Explain(failure, null)!), StringComparison.Ordinal);
        }
        System.IO.File.Move(file + ".away", file);
        await using (var first = Create())
        {
            await first.StartAsync();
            using var client = new HttpClient { BaseAddress = new(first.Urls.Single()), DefaultRequestHeaders = { { "X-Requested-With", "test" } } };
            await client.Post("/session", new { login = "admin", password = TestNode.AdminPassword }).Expect(HttpStatusCode.OK);
            await first.StopAsync();
        }
        System.IO.File.Delete(file);
        await using var later = Create();
        await later.StartAsync();
        Assert.Single(await later.Services.GetRequiredService<UserStore>().ListAsync());
        await later.StopAsync();
    }
}
