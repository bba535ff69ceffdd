//! Machines at the console: what they tell is shown, what operators order is signed and carried
//! out once, and a release goes from site to site until it fails somewhere.

use std::{fs, path::Path, process::Command, time::Duration};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use fleet::{
    Alarm, AlarmKind, Answer, Artefact, Bundle, Check, CheckResult, Deed, Duty, ImageState, Order,
    OrderId, Outcome, Part, Release, Report, Rollback, SealedKey, Wanted,
    signed::{Key, Signer, open, sign},
};
use request::{StationId, Timestamp};
use sha2::{Digest, Sha256};

use super::client::{Visitor, audit};
use crate::office::{Office, TUESDAY_10_00};

const TEN: Timestamp = Timestamp::from_millis(TUESDAY_10_00);
const DAY: Duration = Duration::from_hours(24);

/// A machine in service, with nothing to tell.
pub(crate) fn report(station: &str, version: &str) -> Report {
    Report {
        station: StationId::new(station),
        at: TEN,
        booted_at: TEN,
        image: ImageState {
            model: "lobby".to_owned(),
            version: version.parse().unwrap(),
            root_hash: None,
            slot: None,
            staged: None,
            rollbacks: Vec::new(),
        },
        duty: Duty::InService,
        visit: false,
        health: Vec::new(),
        orders: Vec::new(),
        alarms: Vec::new(),
        evidence: None,
    }
}

pub(crate) async fn tell(office: &Office, report: &Report) -> Answer {
    let station = report.station.as_str();
    let path = format!("/v1/stations/{station}/report");
    office.wire(station).post(&path, report).await.unwrap()
}

/// A key of the operator's, and a release in a folder that it has signed, as a build leaves it.
fn build(folder: &Path, version: &str) -> Vec<u8> {
    let root: Vec<u8> = (0..5_000_000_u32).map(|it| (it % 251) as u8).collect();
    let artefact = |part, name: &str, content: &[u8]| {
        fs::write(folder.join(name), content).unwrap();
        let digits = Sha256::digest(content);
        Artefact {
            part,
            name: name.to_owned(),
            bytes: content.len() as u64,
            sha256: digits.iter().map(|it| format!("{it:02x}")).collect(),
        }
    };
    let release = Release {
        version: version.parse().unwrap(),
        model: "lobby".to_owned(),
        made_at: TEN,
        from: None,
        root_hash: "00".to_owned(),
        measured: Vec::new(),
        artefacts: vec![artefact(Part::Root, "root.raw", &root)],
    };
    let key = fs::read_to_string(folder.join("release.key")).unwrap();
    let signed = sign(&release, &Key::from_pem(&key).unwrap()).unwrap();
    fs::write(folder.join(format!("{version}.release")), signed).unwrap();
    root
}

fn openssl(folder: &Path, arguments: &[&str]) {
    let made = Command::new("openssl")
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
}

fn key(folder: &Path) {
    let curve = ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"];
    let make = [&["genpkey"], &curve[..], &["-out", "release.key"]].concat();
    openssl(folder, &make);
    openssl(
        folder,
        &[
            "pkey",
            "-in",
            "release.key",
            "-pubout",
            "-out",
            "release.pem",
        ],
    );
}

fn hand_in(office: &Office, folder: &Path, signer: &str) -> (Option<i32>, String) {
    let program = env!("CARGO_BIN_EXE_minwon-exchange");
    let said = Command::new(program)
        .arg("release")
        .arg(folder)
        .args([
            "--signer",
            signer,
            "--data",
            office.data().to_str().unwrap(),
        ])
        .current_dir(folder)
        .output()
        .unwrap();
    let words = String::from_utf8_lossy(&said.stdout).into_owned();
    (said.status.code(), words)
}

/// A machine that came back from a version, and saw something strange.
pub(crate) fn eventful() -> Report {
    let mut told = report("gaon-1", "2");
    told.image.rollbacks.push(Rollback {
        failed: "3".parse().unwrap(),
        back_to: "2".parse().unwrap(),
        at: TEN,
        checks: vec![Check {
            what: "papers".to_owned(),
            result: CheckResult::Failed,
            detail: "topics.toml <is> missing".to_owned(),
        }],
        log: vec!["the last line".to_owned()],
    });
    told.alarms.push(Alarm {
        at: TEN,
        kind: AlarmKind::StrangeDevice,
        detail: "1-4 046d:c31c".to_owned(),
    });
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_machine_tells_is_shown_and_what_it_left_can_be_read() {
    let office = Office::open().await;
    let told = eventful();
    tell(&office, &told).await;
    tell(&office, &told).await;
    let wire = office.wire("gaon-1");
    let bundle = Bundle {
        at: TEN,
        files: vec![("log.txt".to_owned(), "all is well".to_owned())],
    };
    let sealed = SealedKey {
        at: TEN,
        recipient: "age1operator".to_owned(),
        sealed: "YWdl".to_owned(),
    };
    let path = |what: &str| format!("/v1/stations/gaon-1/{what}");
    wire.post::<()>(&path("bundle"), &bundle).await.unwrap();
    wire.post::<()>(&path("recovery-key"), &sealed)
        .await
        .unwrap();
    let foreign = wire.post::<()>("/v1/stations/narae-1/bundle", &bundle);
    assert!(foreign.await.is_err());

    let mut operator = Visitor::signed_in(&office, "han", "operator").await;
    operator
        .see("/machines")
        .await
        .says("gaon-1")
        .says("3판 실패");
    let page = operator.see("/stations/gaon-1").await;
    page.says("3판을 쓰지 못해 2판으로 돌아감")
        .says("papers: topics.toml &lt;is&gt; missing")
        .says("the last line")
        .says("모르는 장치가 꽂힘")
        .says("1-4 046d:c31c")
        .never_says("recovery-keys");
    assert_eq!(page.text.matches("1-4 046d:c31c").count(), 1, "told once");
    let read = operator.see("/stations/gaon-1/bundle").await;
    read.says("== log.txt\nall is well");
    // Who may not take a recovery key is refused, and who takes it stands in the audit.
    let refused = operator.see("/stations/gaon-1/recovery-keys").await;
    assert_eq!(refused.status, 403);
    let mut administrator = Visitor::signed_in(&office, "seo", "administrator").await;
    administrator
        .see("/stations/gaon-1/recovery-keys")
        .await
        .says("YWdl");
    let audit = audit(&office);
    assert!(audit.contains(&"seo takes the recovery keys of station gaon-1".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_signed_for_one_machine_and_its_outcome_is_shown() {
    let office = Office::open().await;
    tell(&office, &report("gaon-1", "2")).await;
    let mut operator = Visitor::signed_in(&office, "han", "operator").await;
    operator.see("/stations/gaon-1").await;
    let sent = operator
        .send("/stations/gaon-1/machine-order", &[("deed", "restart")])
        .await;
    sent.leads_to("/stations/gaon-1?done=ordered");

    let answer = tell(&office, &report("gaon-1", "2")).await;
    let [order] = answer.orders.as_slice() else {
        panic!("{answer:?}");
    };
    let co_signer = fs::read_to_string(office.data().join("trust/co-signer.pem")).unwrap();
    let signer = Signer::from_pem(&co_signer).unwrap();
    let order: Order = open(&URL_SAFE_NO_PAD.decode(order).unwrap(), &signer).unwrap();
    assert_eq!(order.station.as_str(), "gaon-1");
    assert_eq!(
        (order.deed, order.operator.as_str()),
        (Deed::Restart, "han")
    );

    let OrderId(id) = order.id;
    let mut told = report("gaon-1", "2");
    told.orders = vec![(OrderId(id), Outcome::RefusedMidVisit)];
    assert_eq!(tell(&office, &told).await.orders.len(), 0);
    let page = operator.see("/stations/gaon-1").await;
    page.says("장비 다시 시작하기")
        .says("사람이 쓰고 있어 따르지 않음");
    let audit = audit(&office);
    assert!(audit.contains(&"han orders the machine (restart) of station gaon-1".to_owned()));
    // A station that is no machine of ours, and a deed that nobody knows.
    operator.see("/stations/narae-1").await;
    let nobody = operator
        .send("/stations/narae-1/machine-order", &[("deed", "restart")])
        .await;
    assert_eq!(nobody.status, 403, "its page has no such form");
    operator.see("/stations/gaon-1").await;
    let deed = operator
        .send("/stations/gaon-1/machine-order", &[("deed", "explode")])
        .await;
    assert_eq!(deed.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_goes_from_site_to_site_and_no_further_when_it_fails() {
    let office = Office::open().await;
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    key(folder);
    let root = build(folder, "3");
    let (code, said) = hand_in(&office, folder, "release.pem");
    assert_eq!(code, Some(0), "{said}");
    // A key of somebody else's takes nothing.
    openssl(
        folder,
        &[
            "genpkey",
            "-algorithm",
            "EC",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-out",
            "other.key",
        ],
    );
    openssl(
        folder,
        &["pkey", "-in", "other.key", "-pubout", "-out", "other.pem"],
    );
    assert_eq!(hand_in(&office, folder, "other.pem").0, Some(1));

    for station in ["gaon-1", "narae-1"] {
        let answer = tell(&office, &report(station, "2")).await;
        assert_eq!(answer.wanted, None);
    }
    let mut operator = Visitor::signed_in(&office, "han", "operator").await;
    operator.see("/machines").await.never_says("배포 시작하기");
    let mut administrator = Visitor::signed_in(&office, "seo", "administrator").await;
    let page = administrator.see("/machines").await;
    page.says("배포 시작하기");
    let pilot = page.text.split_once("<option value=\"").unwrap().1;
    let pilot = pilot.split_once("id=\"pilot\"").unwrap().1;
    let pilot = pilot.split_once("value=\"").unwrap().1;
    let pilot = pilot.split('"').next().unwrap().to_owned();
    let nowhere = [("release", "lobby 3"), ("pilot", "nowhere")];
    let refused = administrator.send("/machines/start", &nowhere).await;
    assert_eq!(refused.status, 400);
    administrator.see("/machines").await;
    let start = [("release", "lobby 3"), ("pilot", pilot.as_str())];
    let started = administrator.send("/machines/start", &start).await;
    started.leads_to("/machines?done=rolled-out");

    let mut waits = Vec::new();
    for station in ["gaon-1", "narae-1"] {
        let wanted = tell(&office, &report(station, "2")).await.wanted.unwrap();
        let Wanted {
            release,
            not_before,
            again,
        } = wanted;
        let signed = URL_SAFE_NO_PAD.decode(release).unwrap();
        let signer = fs::read_to_string(folder.join("release.pem")).unwrap();
        let release: Release = open(&signed, &Signer::from_pem(&signer).unwrap()).unwrap();
        assert_eq!(release.version.to_string(), "3");
        assert!(!again);
        waits.push(not_before);
    }
    waits.sort();
    let waited = waits[1].as_millis() - waits[0].as_millis();
    assert!(
        waited >= i64::try_from(DAY.as_millis()).unwrap(),
        "{waits:?}"
    );
    // Whoever has it is not told again.
    assert_eq!(tell(&office, &report("gaon-1", "3")).await.wanted, None);

    // Its files come in pieces, to kiosks alone.
    let digits: String = Sha256::digest(&root)
        .iter()
        .map(|it| format!("{it:02x}"))
        .collect();
    let wire = office.wire("gaon-1");
    let mut came = Vec::new();
    loop {
        let path = format!("/v1/releases/{digits}?from={}", came.len());
        let piece = wire.get(&path, Duration::from_secs(30)).await.unwrap();
        if piece.is_empty() {
            break;
        }
        came.extend(piece);
    }
    assert!(came == root, "whole, in order");
    for path in ["/v1/releases/00", "/v1/releases/..%2f..%2fkeys"] {
        assert!(wire.get(path, Duration::from_secs(30)).await.is_err());
    }

    let mut failed = report("gaon-1", "2");
    failed.image.rollbacks.push(Rollback {
        failed: "3".parse().unwrap(),
        back_to: "2".parse().unwrap(),
        at: TEN,
        checks: Vec::new(),
        log: Vec::new(),
    });
    assert_eq!(tell(&office, &failed).await.wanted, None);
    assert_eq!(tell(&office, &report("narae-1", "2")).await.wanted, None);
    administrator
        .see("/machines")
        .await
        .says("멈춤")
        .says("it failed at gaon-1");
    administrator
        .see("/")
        .await
        .says("lobby 3판 배포가 멈췄어요");
    let audit = audit(&office);
    for row in [
        "seo rolls out the release lobby 3",
        "the exchange stopped the rollout of lobby 3",
    ] {
        assert!(audit.contains(&row.to_owned()), "{row}: {audit:?}");
    }
    assert!(audit.iter().all(|it| !it.starts_with("han rolls")));
}
