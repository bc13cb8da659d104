namespace FinConsole.Core.Common;

/// <summary>
/// The program cannot start with what the operator configured or installed. The host prints <see cref="Exception.Message"/>, one or
/// more sentences from a resource file, without a stack trace; every other exception at start is a bug or broken infrastructure and
/// keeps its stack trace.
/// </summary>
public class ConfigurationRefusedException(string message, Exception? reason = null) : Exception(message, reason);
