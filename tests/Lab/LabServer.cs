using Carillon.Ami;

namespace Carillon.Lab;

/// <summary>One Asterisk of the lab and the AMI user that may do everything.</summary>
/// <param name="Name">carrier, pbx1, pbx2: what the verbs of the lab take, and its systemname.</param>
public sealed record LabServer(string Name, string AmiHost, int AmiPort, string Username = "dialer", string Secret = "dialer-secret")
{
    public AmiClientOptions Options => new()
    {
        Host = AmiHost,
        Port = AmiPort,
        Username = Username,
        Secret = Secret,
        BackoffBase = TimeSpan.FromMilliseconds(50),
        BackoffCap = TimeSpan.FromMilliseconds(200),
    };
}
