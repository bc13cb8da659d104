using Xunit;

namespace FinConsole.Tests.Gateway;

/// <summary>docs/gateway/Caddyfile as it stands.</summary>
public sealed class CaddyTests(GatewayFixture<CaddyProgram> gateway) : ForwardAuthMatrix<CaddyProgram>(gateway), IClassFixture<GatewayFixture<CaddyProgram>>;
