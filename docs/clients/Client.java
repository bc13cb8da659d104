// A client of a FinConsole API token. Java 17 or newer, nothing else.
//
// The token comes from the environment, and stands in no argument and no line of output:
//   FINCONSOLE_URL    https://console.example.com
//   FINCONSOLE_TOKEN  the API token
//   FINCONSOLE_TOKEN_FILE             optional: where a rotated token is kept; read first at the next start
//   FINCONSOLE_EMAIL, FINCONSOLE_PASSWORD   for "account" alone
//
//   java Client.java whoami          whose token it is
//   java Client.java encrypt         encrypts a PIN from standard input for this tenant
//   java Client.java stream COUNT    so many requests, and the token's own rotation in the middle of them
//   java Client.java account         signs in as a member, calls, refreshes the access token, and calls again

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

public class Client {
    private static final String URL = env("FINCONSOLE_URL", "http://localhost:5080").replaceAll("/$", "");
    private static final String TOKEN_FILE = env("FINCONSOLE_TOKEN_FILE", null);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int TRIES = 6;
    private static final long LONGEST_WAIT_MS = 30_000;
    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

    /** The server said no; its code says why. Never holds a token. */
    static final class Refused extends RuntimeException {
        final int status;

        Refused(int status, String code) {
            super(status + " " + code);
            this.status = status;
        }
    }

    /** One request, tried again while trying again can help. POSTs are repeated under one Idempotency-Key. */
    static String send(String method, String path, String credential, String body, String idempotencyKey) throws IOException, InterruptedException {
        for (int attempt = 0; ; attempt++) {
            boolean last = attempt == TRIES - 1;
            var request = HttpRequest.newBuilder(URI.create(URL + path)).timeout(TIMEOUT).header("Accept", "application/json")
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
            if (body != null)
                request.header("Content-Type", "application/json");
            if (credential != null)
                request.header("Authorization", "Bearer " + credential);
            if (idempotencyKey != null)
                request.header("Idempotency-Key", idempotencyKey);

            HttpResponse<String> answer;
            try {
                answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            } catch (IOException failure) {
                // No connection, or no answer in time.
                if (last)
                    throw failure;
                pause(attempt, 0);
                continue;
            }
            if (answer.statusCode() / 100 == 2)
                return answer.body();
            if (!PASSING.contains(answer.statusCode()) || last)
                throw new Refused(answer.statusCode(), textOf(answer.body(), "code"));
            pause(attempt, answer.headers().firstValueAsLong("Retry-After").orElse(0));
        }
    }

    /** What the server asks for, and never less; beyond that exponential backoff with full jitter, so that clients spread out. */
    static void pause(int attempt, long atLeastSeconds) throws InterruptedException {
        long backoff = ThreadLocalRandom.current().nextLong(1 + Math.min(LONGEST_WAIT_MS, 200L << attempt));
        Thread.sleep(Math.min(atLeastSeconds * 1000 + backoff, 120_000));
    }

    /** The token in use. Requests under way during a rotation are sent again with the new one. */
    static final class Token {
        private volatile String text;

        Token(String text) {
            this.text = text;
        }

        String call(String method, String path) throws IOException, InterruptedException {
            String used = text;
            try {
                return send(method, path, used, null, null);
            } catch (Refused refusal) {
                if (refusal.status != 401)
                    throw refusal;
                String current = afterRotation();
                if (current.equals(used))
                    throw refusal;
                return send(method, path, current, null, null);
            }
        }

        private synchronized String afterRotation() {
            return text;
        }

        /** Create, keep, verify, switch. The new token's first use retires the old one. */
        synchronized void rotate() throws IOException, InterruptedException {
            String made = send("POST", "/user/regenerate-api-key", text, null, UUID.randomUUID().toString());
            String secret = textOf(made, "secret");
            keep(secret);
            String verified = send("GET", "/api/v1/whoami", secret, null, null);
            if (!textOf(after(verified, "token"), "id").equals(textOf(made, "id")))
                throw new IllegalStateException("The new token is not the one that was made.");
            text = secret;
        }
    }

    /** Before the first use: whatever happens then, the next start has a token that works. */
    static void keep(String secret) throws IOException {
        if (TOKEN_FILE == null)
            return;
        Path fresh = Path.of(TOKEN_FILE + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, secret);
        Files.move(fresh, Path.of(TOKEN_FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A member's access token, refreshed before it expires. */
    static final class Account {
        private String access;
        private String refresh;
        private long untilNanos;

        Account() throws IOException, InterruptedException {
            take(send("POST", "/api/v1/auth/login", null,
                "{\"email\":" + quoted(env("FINCONSOLE_EMAIL", "")) + ",\"password\":" + quoted(env("FINCONSOLE_PASSWORD", "")) + "}", null));
        }

        private void take(String pair) {
            access = textOf(pair, "accessToken");
            refresh = textOf(pair, "refreshToken");
            untilNanos = System.nanoTime() + Duration.ofSeconds(Long.parseLong(textOf(pair, "expiresIn"))).toNanos();
        }

        void refresh() throws IOException, InterruptedException {
            take(send("POST", "/api/v1/auth/refresh", null, "{\"refreshToken\":" + quoted(refresh) + "}", null));
        }

        String call(String method, String path) throws IOException, InterruptedException {
            if (System.nanoTime() - untilNanos > Duration.ofSeconds(-60).toNanos())
                refresh();
            return send(method, path, access, null, null);
        }

        void logout() throws IOException, InterruptedException {
            send("POST", "/api/v1/auth/logout", access, null, null);
        }
    }

    static String encrypt(Token token, String secret) throws Exception {
        String current = token.call("GET", "/api/v1/encryption-keys/current");
        var key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(textOf(current, "publicKey"))));
        // The padding must be spelled out: "OAEPWithSHA-256AndMGF1Padding" alone means MGF1 with SHA-1.
        var oaep = new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);
        var cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(Cipher.ENCRYPT_MODE, key, oaep);
        return textOf(current, "kid") + "\n" + Base64.getEncoder().encodeToString(cipher.doFinal(secret.getBytes(StandardCharsets.UTF_8)));
    }

    /** Four at a time; the token is rotated when half of them are on their way. */
    static int stream(Token token, int count) throws Exception {
        var pool = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> work = new ArrayList<>();
            for (int number = 0; number < count; number++) {
                boolean rotates = number == count / 2;
                work.add(() -> {
                    if (rotates)
                        token.rotate();
                    try {
                        token.call("GET", "/api/v1/whoami");
                        return true;
                    } catch (Refused | IOException failure) {
                        return false;
                    }
                });
            }
            int good = 0;
            for (Future<Boolean> answer : pool.invokeAll(work))
                good += answer.get() ? 1 : 0;
            return good;
        } finally {
            pool.shutdown();
        }
    }

    // The JDK has no JSON. These read the first text or number of a name, which is all that these answers need; use a library for more.
    static String textOf(String json, String name) {
        var match = Pattern.compile("\"" + name + "\"\\s*:\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(-?[0-9.]+))").matcher(json);
        if (!match.find())
            return "";
        return match.group(1) == null ? match.group(2) : unescaped(match.group(1));
    }

    static String unescaped(String text) {
        return Pattern.compile("\\\\u([0-9a-fA-F]{4})|\\\\(.)").matcher(text).replaceAll(found -> found.group(1) != null
            ? java.util.regex.Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16)))
            : java.util.regex.Matcher.quoteReplacement(found.group(2)));
    }

    static String after(String json, String name) {
        var match = Pattern.compile("\"" + name + "\"\\s*:").matcher(json);
        return match.find() ? json.substring(match.end()) : "";
    }

    static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    static String env(String name, String otherwise) {
        String value = System.getenv(name);
        return value == null || value.isEmpty() ? otherwise : value;
    }

    public static void main(String[] arguments) throws Exception {
        String command = arguments.length > 0 ? arguments[0] : "whoami";
        if (command.equals("account")) {
            var account = new Account();
            System.out.println(textOf(after(account.call("GET", "/api/v1/whoami"), "member"), "email"));
            account.refresh();
            System.out.println(textOf(after(account.call("GET", "/api/v1/whoami"), "member"), "email"));
            account.logout();
            return;
        }

        boolean kept = TOKEN_FILE != null && Files.exists(Path.of(TOKEN_FILE));
        var token = new Token(kept ? Files.readString(Path.of(TOKEN_FILE)).strip() : env("FINCONSOLE_TOKEN", ""));
        if (command.equals("encrypt")) {
            System.out.println(encrypt(token, new String(System.in.readAllBytes(), StandardCharsets.UTF_8)));
        } else if (command.equals("stream")) {
            int count = Integer.parseInt(arguments[1]);
            int good = stream(token, count);
            System.out.println(good + " answered, " + (count - good) + " failed, rotated to " + textOf(token.call("GET", "/api/v1/whoami"), "masked"));
            System.exit(good == count ? 0 : 1);
        } else {
            String me = token.call("GET", "/api/v1/whoami");
            System.out.println(textOf(after(me, "token"), "name") + " of " + textOf(after(me, "tenant"), "name") + ", " + textOf(me, "daysLeft") + " days left");
        }
    }
}
