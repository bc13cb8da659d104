// Java 11 or newer, nothing else. Encrypts what comes in on standard input:
//   printf %s "the secret" | java Encrypt.java

import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

public class Encrypt {
    // Key {{key-id}}
    private static final String PUBLIC_KEY = "{{base64}}";

    static String encrypt(String secret) throws Exception {
        byte[] der = Base64.getDecoder().decode(PUBLIC_KEY);
        PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));

        // The padding must be spelled out: "OAEPWithSHA-256AndMGF1Padding" alone means MGF1 with SHA-1.
        OAEPParameterSpec oaep = new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(Cipher.ENCRYPT_MODE, key, oaep);
        return Base64.getEncoder().encodeToString(cipher.doFinal(secret.getBytes(StandardCharsets.UTF_8)));
    }

    public static void main(String[] arguments) throws Exception {
        System.out.println(encrypt(new String(System.in.readAllBytes(), StandardCharsets.UTF_8)));
    }
}
