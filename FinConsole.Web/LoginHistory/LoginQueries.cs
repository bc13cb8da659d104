using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.LoginHistory.Listing;

namespace FinConsole.Web.LoginHistory;

/// <summary>What the page and its drawer ask for, in one hand.</summary>
public sealed record LoginQueries(ListLoginAttempts List, GetLoginAttempt Get, FindApiTokens Tokens);
