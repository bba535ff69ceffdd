//! Machines that are expected have their keys certified, once, and tell how they are. What asks
//! here is OpenSSL and curl.

use std::{fs, path::Path, process::Command};

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use fleet::{Commissioning, Deed, Order, OrderId, Outcome, Rollback};
use ledger::Store;
use request::{StationId, Timestamp};

use crate::{
    console::machines,
    office::{Office, TUESDAY_10_00},
};

const MACHINE: &str = "narae-7";
const TEN: Timestamp = Timestamp::from_millis(TUESDAY_10_00);

fn run(folder: &Path, program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {arguments:?}: {said}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A key and a request for it, as OpenSSL makes them.
fn request(folder: &Path, name: &str) {
    let (key, request) = (format!("{name}.key"), format!("{name}.csr"));
    let curve = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"];
    run(
        folder,
        "openssl",
        &[&["genpkey"], &curve[..], &["-out", &key]].concat(),
    );
    let subject = ["-subj", "/CN=whatever they say", "-outform", "DER"];
    run(
        folder,
        "openssl",
        &[
            &["req", "-new", "-key", &key, "-out", &request],
            &subject[..],
        ]
        .concat(),
    );
    run(
        folder,
        "openssl",
        &["base64", "-in", &request, "-out", &format!("{name}.b64")],
    );
}

/// The status, and what is in `answer`.
fn enrol(office: &Office, folder: &Path, name: &str, user: &str) -> String {
    let url = format!(
        "https://{}/.well-known/est/simpleenroll",
        office.enrolment()
    );
    let data = format!("@{name}.b64");
    let arguments = [
        "-sk",
        "-u",
        user,
        "-H",
        "Content-Type: application/pkcs10",
        "--data-binary",
        &data,
        "-o",
        "answer",
        "-w",
        "%{http_code}",
        &url,
    ];
    run(folder, "curl", &arguments)
}

async fn expected(office: &Office) -> (tempfile::TempDir, String) {
    let roster = office.folder_of_all().join("stations.toml");
    let day = std::time::Duration::from_hours(24);
    let label = exchange::expect_machine(&roster, &StationId::new(MACHINE), "lobby", TEN, day);
    let label = label.unwrap();
    let code = label.strip_prefix("MINWON1:narae-7:").unwrap().to_owned();
    assert_eq!(code.len(), 16);
    (tempfile::tempdir().unwrap(), code)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_label_certifies_one_key_which_then_comes_to_the_exchange() {
    let office = Office::open().await;
    let (folder, code) = expected(&office).await;
    let (folder, user) = (folder.path(), format!("{MACHINE}:{code}"));
    request(folder, "own");

    assert_eq!(enrol(&office, folder, "own", &user), "200");
    let read = "base64 -d answer | openssl pkcs7 -inform DER -print_certs";
    let certificate = run(folder, "sh", &["-c", read]);
    fs::write(folder.join("certificate.pem"), &certificate).unwrap();
    let authority = office.folder_of_all().join("gaon-1/authority.pem");
    let at = (TUESDAY_10_00 / 1_000).to_string();
    let verified = run(
        folder,
        "openssl",
        &[
            "verify",
            "-attime",
            &at,
            "-CAfile",
            authority.to_str().unwrap(),
            "certificate.pem",
        ],
    );
    assert!(verified.contains("OK"), "{verified}");

    // The power went before the answer was kept: the same key is answered the same.
    assert_eq!(enrol(&office, folder, "own", &user), "200");
    assert_eq!(run(folder, "sh", &["-c", read]), certificate);
    request(folder, "other");
    assert_eq!(enrol(&office, folder, "other", &user), "409");

    let line = office.folder_of_all().join(MACHINE);
    fs::create_dir_all(&line).unwrap();
    fs::copy(folder.join("own.key"), line.join("key.pem")).unwrap();
    fs::copy(folder.join("certificate.pem"), line.join("certificate.pem")).unwrap();
    fs::copy(authority, line.join("authority.pem")).unwrap();
    let record = Commissioning {
        station: StationId::new(MACHINE),
        technician: "tech-1".to_owned(),
        at: TEN,
        model: "lobby".to_owned(),
        version: "1".parse().unwrap(),
        root_hash: None,
        checks: Vec::new(),
    };
    let path = format!("/v1/stations/{MACHINE}/commissioning");
    office
        .wire(MACHINE)
        .post::<()>(&path, &record)
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_runs_out_is_renewed_over_its_own_line() {
    let office = Office::open().await;
    let folder = tempfile::tempdir().unwrap();
    request(folder.path(), "own");
    let der = fs::read(folder.path().join("own.csr")).unwrap();
    let asked = fleet::Renewal {
        request: STANDARD.encode(der),
    };
    let path = "/v1/stations/gaon-1/certificate";
    let early = office.wire("gaon-1").post::<String>(path, &asked).await;
    assert!(early.unwrap_err().to_string().contains("409"), "it is new");

    office.renew("gaon-1", std::time::Duration::from_hours(24 * 30));
    let wire = office.wire("gaon-1");
    let foreign = wire.post::<String>("/v1/stations/narae-1/certificate", &asked);
    assert!(foreign.await.is_err());
    let nonsense = fleet::Renewal {
        request: "AAAA".to_owned(),
    };
    assert!(wire.post::<String>(path, &nonsense).await.is_err());
    let certificate: String = wire.post(path, &asked).await.unwrap();
    let line = office.credentials("gaon-1");
    let authority = fs::read_to_string(line.join("authority.pem")).unwrap();
    let party = identity::Party::Station(StationId::new("gaon-1"));
    let later = TEN + std::time::Duration::from_hours(24 * 300);
    assert_eq!(
        identity::is_issued_to(&certificate, &authority, &party, later),
        Ok(())
    );
    // Both are listed while the one replaces the other; the new one opens the line.
    let reach = || office.wire("gaon-1");
    reach().networks().await.unwrap();
    fs::copy(folder.path().join("own.key"), line.join("key.pem")).unwrap();
    fs::write(line.join("certificate.pem"), certificate).unwrap();
    reach().networks().await.unwrap();
    let roster = fs::read_to_string(office.folder_of_all().join("stations.toml")).unwrap();
    assert_eq!(roster.matches("\"gaon-1\"").count(), 2, "{roster}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_network_the_same_goes_on_paper() {
    let office = Office::open().await;
    let (folder, code) = expected(&office).await;
    let folder = folder.path();
    request(folder, "own");
    let der = fs::read(folder.join("own.csr")).unwrap();
    let asked = format!(
        "MINWON-REQ1:{MACHINE}:{code}:{}",
        URL_SAFE_NO_PAD.encode(der)
    );
    let roster = office.folder_of_all().join("stations.toml");
    let certify = |asked: &str| {
        Command::new(env!("CARGO_BIN_EXE_minwon-exchange"))
            .args(["station-certify", asked, "--data"])
            .arg(office.data())
            .arg("--stations")
            .arg(&roster)
            .args(["--clock", &TUESDAY_10_00.to_string()])
            .output()
            .unwrap()
    };

    let said = certify(&asked);
    assert!(said.status.success(), "{said:?}");
    let said = String::from_utf8(said.stdout).unwrap();
    let answer = said.lines().next().unwrap();
    let certificate = answer.strip_prefix("MINWON-CERT1:").unwrap();
    let der = URL_SAFE_NO_PAD.decode(certificate).unwrap();
    fs::write(folder.join("certificate.der"), der).unwrap();
    let pem = ["x509", "-inform", "DER", "-in", "certificate.der"];
    let pem = run(folder, "openssl", &pem);
    let authority = office.folder_of_all().join("gaon-1/authority.pem");
    let authority = fs::read_to_string(authority).unwrap();
    let party = |id: &str| identity::Party::Station(StationId::new(id));
    assert_eq!(
        identity::is_issued_to(&pem, &authority, &party(MACHINE), TEN),
        Ok(())
    );
    let year = std::time::Duration::from_hours(24 * 366);
    for (whom, when, why) in [
        ("narae-8", TEN, identity::NotTheirs::OtherParty),
        (MACHINE, TEN + year, identity::NotTheirs::NotIssued),
    ] {
        let issued = identity::is_issued_to(&pem, &authority, &party(whom), when);
        assert_eq!(issued, Err(why));
    }
    // A code on the terminal, black on white, that a scanner reads.
    assert!(said.contains("\u{1b}[30;107m"));
    assert!(fs::read_to_string(&roster).unwrap().contains(MACHINE));

    for (asked, why) in [
        ("MINWON-REQ1:a:b", "three parts"),
        ("hello", "three parts"),
        (
            "MINWON-REQ1:narae-7:0000000000000000:AAAA",
            "no such station",
        ),
        (&asked[..asked.len() - 5], "request"),
    ] {
        let refused = certify(asked);
        assert!(!refused.status.success());
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(said.contains(why), "{asked}: {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_that_was_struck_off_does_not_list_itself_again() {
    let office = Office::open().await;
    let (folder, code) = expected(&office).await;
    let (folder, user) = (folder.path(), format!("{MACHINE}:{code}"));
    request(folder, "own");
    assert_eq!(enrol(&office, folder, "own", &user), "200");

    let roster = office.folder_of_all().join("stations.toml");
    let party = identity::Party::Station(StationId::new(MACHINE));
    exchange::revoke(&roster, &party).unwrap();

    assert_eq!(enrol(&office, folder, "own", &user), "401");
    assert!(!fs::read_to_string(&roster).unwrap().contains(MACHINE));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_not_the_label_is_told_nothing_and_has_to_wait() {
    let office = Office::open().await;
    let (folder, _) = expected(&office).await;
    let folder = folder.path();
    request(folder, "own");

    for user in ["narae-7:0000000000000000", "narae-8:0000000000000000"] {
        assert_eq!(enrol(&office, folder, "own", user), "401");
        let said = fs::read_to_string(folder.join("answer")).unwrap();
        assert_eq!(said, "no such station is expected with this code");
    }
    let mut last = String::new();
    for _ in 0..6 {
        last = enrol(&office, folder, "own", "narae-7:1111111111111111");
    }
    assert_eq!(last, "429");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_tells_how_it_is_and_is_given_its_orders_until_it_answers() {
    let office = Office::open().await;
    let station = StationId::new("gaon-1");
    let rollback = Rollback {
        failed: "3".parse().unwrap(),
        back_to: "2".parse().unwrap(),
        at: TEN,
        checks: Vec::new(),
        log: Vec::new(),
    };
    let report = |orders| {
        let mut report = machines::report("gaon-1", "2");
        report.image.rollbacks.push(rollback.clone());
        report.orders = orders;
        report
    };
    let order = Order {
        id: OrderId("one".to_owned()),
        station: station.clone(),
        deed: Deed::Restart,
        operator: "kim".to_owned(),
        given_at: TEN,
        until: TEN + std::time::Duration::from_hours(1),
    };
    let store = Store::open(&office.data().join("exchange.sqlite")).unwrap();
    store.give_order(&order, b"signed").unwrap();
    let wire = office.wire("gaon-1");
    let path = "/v1/stations/gaon-1/report";
    let tell = |orders| {
        let report = report(orders);
        let wire = &wire;
        async move { wire.post::<fleet::Answer>(path, &report).await.unwrap() }
    };

    assert_eq!(tell(Vec::new()).await.orders.len(), 1);
    assert_eq!(tell(Vec::new()).await.orders.len(), 1, "it is not answered");
    let done = vec![(order.id.clone(), Outcome::Done)];
    assert_eq!(tell(done).await.orders.len(), 0);

    assert_eq!(
        store.rollbacks(&station).unwrap(),
        std::slice::from_ref(&rollback),
        "kept once"
    );
    assert_eq!(
        store.orders(&station).unwrap()[0].outcome,
        Some(Outcome::Done)
    );
    let told = store.machine(&station).unwrap().unwrap().report.unwrap().0;
    assert_eq!(told.image.version.to_string(), "2");
    // Another station's word is not taken.
    let own = report(Vec::new());
    let foreign = wire.post::<fleet::Answer>("/v1/stations/narae-1/report", &own);
    assert!(foreign.await.is_err());
}
