using Xunit;

namespace FinConsole.Tests.Gateway;

/// <summary>docs/gateway/nginx.conf as it stands.</summary>
public sealed class NginxTests(GatewayFixture<NginxProgram> gateway) : ForwardAuthMatrix<NginxProgram>(gateway), IClassFixture<GatewayFixture<NginxProgram>>;
