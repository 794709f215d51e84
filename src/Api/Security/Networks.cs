using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Carillon.Api.Security;

/// <summary>Addresses and networks as settings name them.</summary>
static class Networks
{
    static readonly char[] Separators = [' ', ',', ';'];

    /// <param name="text">Addresses and networks, such as <c>10.0.0.0/8 192.0.2.7</c>.</param>
    /// <param name="networks">What was named.</param>
    /// <param name="wrong">The first word that is neither.</param>
    public static bool TryRead(string text, out List<IPNetwork> networks, [NotNullWhen(false)] out string? wrong)
    {
        networks = [];
        wrong = null;
        foreach (var word in text.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPNetwork.TryParse(word, out var network)) networks.Add(network);
            else if (IPAddress.TryParse(word, out var address)) networks.Add(new(address, address.GetAddressBytes().Length * 8));
            else
            {
                wrong = word;
                return false;
            }
        }
        return true;
    }

    /// <summary>An IPv4 address is the same one on a socket of IPv6.</summary>
    public static bool Have(this IReadOnlyList<IPNetwork> networks, IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return networks.Any(n => n.Contains(plain));
    }
}
