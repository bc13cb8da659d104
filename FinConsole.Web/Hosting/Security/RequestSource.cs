namespace FinConsole.Web.Hosting.Security;

/// <summary>Which page started a request, as the browser says. Pages cannot set or change the headers that tell it.</summary>
public enum RequestSource
{
    /// <summary>The request does not say: an old browser, a program, or an address that a person typed.</summary>
    Unknown,

    /// <summary>A page of this console.</summary>
    OwnPage,

    /// <summary>A page of another origin, be it another site, a sibling domain or another port.</summary>
    OtherPage,
}
