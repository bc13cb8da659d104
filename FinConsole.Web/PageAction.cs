namespace FinConsole.Web;

/// <summary>What an address can ask a page to do as soon as it is there, as the command palette and other pages' links do. It opens a dialog and changes nothing.</summary>
public static class PageAction
{
    public const string Key = "do";

    /// <summary>Of what it is to be done to: an id.</summary>
    public const string SubjectKey = "id";

    public const string Create = "create";
    public const string Identify = "identify";
    public const string Details = "details";
    public const string Rotate = "rotate";
    public const string Invite = "invite";
}
