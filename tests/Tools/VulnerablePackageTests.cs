using System.Diagnostics;
using Carillon.TestKit;

namespace Carillon.Tools.Tests;

/// <summary>The launcher's tests on Orleans, with an SDK that only says what it cannot restore.</summary>
public sealed class VulnerablePackageTests : IDisposable
{
    const string Vulnerable = "a.csproj : error NU1903: Warning As Error: Package 'Some.Package' 1.0.0 has a known high severity vulnerability [a.sln]";
    const string Missing = "a.csproj : error NU1101: Unable to find package Microsoft.Orleans.Sdk [a.sln]";

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("carillon-launcher-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(Vulnerable, 1, "Cluster on Orleans: FAILED, NU1903: ", "0 passed, 1 failed, 0 skipped")]
    [InlineData(Missing, 0, "Cluster on Orleans: not run, it does not restore here: NU1101: ", "0 passed, 0 failed, 0 skipped")]
    [InlineData(Vulnerable + "\n" + Missing, 0, "Cluster on Orleans: not run, it does not restore here: NU1101: ", "0 passed, 0 failed, 0 skipped")]
    public async Task A_package_with_a_known_vulnerability_fails_the_tests_on_Orleans_and_is_not_taken_for_a_feed_without_them(string said, int exit, string about, string last)
    {
        foreach (var file in (string[])["carillon", "tests/run.sh", "deploy/local/postgres.sh", "tests/Cluster/Cluster.Tests.csproj"]) Copy(file);
        var sdk = _folder.CreateSubdirectory("sdk").FullName;
        Script(Path.Combine(sdk, "dotnet"), "#!/bin/sh\ncase $1 in --list-sdks) echo '10.0.100 [/sdk]';; *) printf '%s\\n' \"$SAID\"; exit 1;; esac\n");

        var start = new ProcessStartInfo("bash", [Path.Combine(_folder.FullName, "carillon"), "test", "Cluster"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment["PATH"], start.Environment["SAID"], start.Environment["CARILLON_TEST_POSTGRES"]) = ($"{sdk}:{Environment.GetEnvironmentVariable("PATH")}", said, "not needed");
        start.Environment.Remove("ASTERISK_LAB_RUN");
        using var launcher = Process.Start(start)!;
        var errors = launcher.StandardError.ReadToEndAsync();
        var lines = (await launcher.StandardOutput.ReadToEndAsync()).TrimEnd().Split('\n');
        await launcher.WaitForExitAsync();

        Assert.True(exit == launcher.ExitCode, $"{launcher.ExitCode}: {string.Join('\n', lines)}\n{await errors}");
        Assert.Contains(lines, line => line.StartsWith(about, StringComparison.Ordinal));
        Assert.Equal(last, lines[^1]);
    }

    void Copy(string file)
    {
        var to = Path.Combine(_folder.FullName, file);
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(Path.Combine(Repository.Root, file), to);
    }

    static void Script(string path, string text)
    {
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
