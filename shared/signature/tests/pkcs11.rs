//! The office's key in a key store of its own (SoftHSM stands at the library's place).

#![cfg(feature = "pkcs11")]
#![allow(clippy::unwrap_used)]

use std::{fs, path::Path, process::Command, time::Duration};

use signature::{DevelopmentAuthority, Pkcs11Error, Pkcs11Key, Pkcs11Settings, Signer};

const MODULE: &str = "/usr/lib/softhsm/libsofthsm2.so";
const NOW: Duration = Duration::from_secs(1_795_500_000);

/// SoftHSM finds its store by an environment variable, so the story runs in a
/// child of this test.
#[test]
fn a_key_in_a_key_store_signs_and_never_leaves_it() {
    if let Some(folder) = std::env::var_os("MINWON_TEST_STORE") {
        return sign_with_the_store(Path::new(&folder));
    }
    let folder = std::env::temp_dir().join(format!("minwon-softhsm-{}", std::process::id()));
    fs::create_dir_all(folder.join("tokens")).unwrap();
    let configuration = folder.join("softhsm2.conf");
    let tokens = folder.join("tokens");
    fs::write(
        &configuration,
        format!("directories.tokendir = {}\n", tokens.display()),
    )
    .unwrap();

    let authority = DevelopmentAuthority::create("Minwon development CA", NOW).unwrap();
    let issued = authority.issue("Mayor of Gaon-gu", NOW).unwrap();
    fs::write(folder.join("key.pem"), issued.key_pem.as_bytes()).unwrap();
    fs::write(folder.join("chain.pem"), issued.certificate_pem).unwrap();
    let softhsm = |arguments: &[&str]| {
        let done = Command::new("softhsm2-util")
            .args(arguments)
            .env("SOFTHSM2_CONF", &configuration)
            .output()
            .unwrap();
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
    };
    softhsm(&[
        "--init-token",
        "--free",
        "--label",
        "office",
        "--pin",
        "1234",
        "--so-pin",
        "5678",
    ]);
    let key = folder.join("key.pem");
    let key = key.to_str().unwrap();
    softhsm(&[
        "--import", key, "--token", "office", "--label", "seal", "--id", "01", "--pin", "1234",
    ]);

    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "a_key_in_a_key_store_signs_and_never_leaves_it"])
        .env("SOFTHSM2_CONF", &configuration)
        .env("MINWON_TEST_STORE", &folder)
        .output()
        .unwrap();
    fs::remove_dir_all(&folder).unwrap();

    assert!(
        child.status.success(),
        "{}",
        String::from_utf8_lossy(&child.stdout)
    );
}

fn sign_with_the_store(folder: &Path) {
    use p256::ecdsa::{DerSignature, VerifyingKey, signature::Verifier};
    use p256::pkcs8::DecodePublicKey;
    use x509_cert::der::Encode;

    let chain = fs::read_to_string(folder.join("chain.pem")).unwrap();
    let settings = Pkcs11Settings {
        module: Path::new(MODULE),
        token: "office",
        pin: "1234",
        key: "seal",
        chain: &chain,
    };
    let key = Pkcs11Key::open(&settings).unwrap();

    let signature = DerSignature::try_from(&key.sign(b"a certificate").unwrap()[..]).unwrap();

    let public = &key.chain()[0].tbs_certificate.subject_public_key_info;
    let public = VerifyingKey::from_public_key_der(&public.to_der().unwrap()).unwrap();
    assert!(public.verify(b"a certificate", &signature).is_ok());
    assert!(public.verify(b"another", &signature).is_err());
    drop(key);
    let nobody = Pkcs11Key::open(&Pkcs11Settings {
        token: "nobody",
        ..settings
    });
    assert!(matches!(
        nobody,
        Err(Pkcs11Error::NoToken | Pkcs11Error::Open(_))
    ));
}
