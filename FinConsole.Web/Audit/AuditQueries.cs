using FinConsole.Core.Audit.Search;
using FinConsole.Core.Audit.Volumes;

namespace FinConsole.Web.Audit;

/// <summary>What the page asks for, in one hand.</summary>
public sealed record AuditQueries(SearchAuditLog Search, ShowAuditVolume Volume, RecentAuditNames Names);
