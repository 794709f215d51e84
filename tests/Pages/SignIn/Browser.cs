using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Carillon.Api.Tests;

namespace Carillon.Pages.Tests.SignIn;

/// <summary>A browser without scripts: what is asked and sent on the pages that set cookies.</summary>
sealed class Browser(TestNode node, string language = "en")
{
    readonly HttpClient _http = node.Nobody();

    public IDocument Page { get; private set; } = null!;

    public string Text => Page.Body!.Said();

    public HttpStatusCode Status { get; private set; }

    /// <summary>Where the last answer led; empty if it did not.</summary>
    public string LedTo { get; private set; } = "";

    public Task Go(string path) => Ask(new(HttpMethod.Get, path));

    /// <summary>Fills the page's form and presses its button.</summary>
    public Task Send(params (string Name, string Value)[] values)
    {
        var given = Page.QuerySelectorAll("form input[type=hidden]").Select(i => (Name: i.GetAttribute("name")!, Value: i.GetAttribute("value") ?? ""));
        // As a browser tells whose form it is.
        return Ask(new(HttpMethod.Post, Page.BaseUri) { Content = new FormUrlEncodedContent(given.Concat(values).Select(v => KeyValuePair.Create(v.Name, v.Value))), Headers = { { "Sec-Fetch-Site", "same-origin" } } });
    }

    async Task Ask(HttpRequestMessage request)
    {
        request.Headers.AcceptLanguage.ParseAdd(language);
        using (request)
        using (var answer = await _http.SendAsync(request))
        {
            (Status, LedTo) = (answer.StatusCode, answer.Headers.Location is { } to ? new Uri(node.Address, to).PathAndQuery : "");
            Page = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
            Page.BaseUrl!.Href = new Uri(node.Address, request.RequestUri!).ToString();
        }
    }
}
