using FinConsole.Core.ApiTokens.Lifecycle;
using FinConsole.Core.ApiTokens.Rotation;

namespace FinConsole.Web.ApiTokens;

/// <summary>The use cases that the tokens page offers as one-press actions.</summary>
public sealed record TokenCommands(AcknowledgeApiToken Acknowledge, RetireApiToken Retire, SetTokenDisabled SetDisabled, VoidPendingToken Void);
