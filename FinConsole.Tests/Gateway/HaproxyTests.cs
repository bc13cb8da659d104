using Xunit;

namespace FinConsole.Tests.Gateway;

/// <summary>docs/gateway/haproxy.cfg and finconsole.lua as they stand.</summary>
public sealed class HaproxyTests(GatewayFixture<HaproxyProgram> gateway) : ForwardAuthMatrix<HaproxyProgram>(gateway), IClassFixture<GatewayFixture<HaproxyProgram>>;
