using System.Net;
using Xunit;

namespace FinConsole.Tests.Gateway;

/// <summary>docs/gateway/apache-openidc.conf as it stands.</summary>
public sealed class ApacheOpenidcTests(GatewayFixture<ApacheOpenidcProgram> gateway)
    : IntrospectionMatrix<ApacheOpenidcProgram>(gateway), IClassFixture<GatewayFixture<ApacheOpenidcProgram>>
{
    protected override IReadOnlyList<string> CredentialHeaders => ["Authorization"];

    // It would pass one on, so the configuration refuses the method.
    protected override HttpStatusCode Preflight => HttpStatusCode.Forbidden;
}

/// <summary>docs/gateway/apache-oauth2.conf as it stands.</summary>
public sealed class ApacheOauth2Tests(GatewayFixture<ApacheOauth2Program> gateway)
    : IntrospectionMatrix<ApacheOauth2Program>(gateway), IClassFixture<GatewayFixture<ApacheOauth2Program>>;

/// <summary>docs/gateway/apache-openidc-jwks.conf as it stands.</summary>
public sealed class ApacheOpenidcJwksTests(JwksFixture<ApacheOpenidcJwksProgram> gateway)
    : JwksMatrix<ApacheOpenidcJwksProgram>(gateway), IClassFixture<JwksFixture<ApacheOpenidcJwksProgram>>;

/// <summary>docs/gateway/apache-oauth2-jwks.conf as it stands.</summary>
public sealed class ApacheOauth2JwksTests(JwksFixture<ApacheOauth2JwksProgram> gateway)
    : JwksMatrix<ApacheOauth2JwksProgram>(gateway), IClassFixture<JwksFixture<ApacheOauth2JwksProgram>>;
