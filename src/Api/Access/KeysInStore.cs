using System.Xml.Linq;
using Carillon.Storage;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;

namespace Carillon.Api.Access;

/// <summary>Session cookies are made with keys that lie in the store, so that a cookie of one node is good on all.</summary>
sealed class KeysInStore(ProtectionKeyStore keys, TimeProvider time) : IXmlRepository, IConfigureOptions<KeyManagementOptions>
{
    /// <summary>
    /// Nodes that start together each find no key and make one; the framework reads the ring again after that, and takes the one that was stored first. Were all
    /// kept, a node would not know the others' keys before it next reads the ring, which is a day later.
    /// </summary>
    static readonly TimeSpan SameMoment = TimeSpan.FromMinutes(1);

    public void Configure(KeyManagementOptions options) => options.XmlRepository = this;

    // The framework asks synchronously: once at start, and once a day.
    public IReadOnlyCollection<XElement> GetAllElements() => [.. keys.ListAsync().GetAwaiter().GetResult().Select(xml => XElement.Parse(xml))];

    public void StoreElement(XElement element, string friendlyName)
    {
        DateTimeOffset? unlessSince = element.Name.LocalName == "key" ? time.GetUtcNow() - SameMoment : null;
        keys.AddAsync(element.ToString(SaveOptions.DisableFormatting), unlessSince).GetAwaiter().GetResult();
    }
}
