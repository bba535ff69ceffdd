//! A stranger who knows nothing but the description asks whatever it allows, and some of
//! what it does not: schemathesis finds no failure of the exchange and no answer that is
//! not described.

use std::fs;

use tokio::process::Command;

use super::{BITNA, HOUSEHOLD, authority::judge, office::Office};

/// Questions to each operation by each party; `make api-test` asks many more.
const QUESTIONS: &str = "3";
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
    response_headers_conformance,response_schema_conformance";
/// Of what everybody may ask.
const PUBLIC: &str = "^/(health|ready|openapi.json|v1/trust|v1/board|v1/(documents|requests)/[^/]+/status\
    |v1/(locator|open-data)(/.*)?)$";
/// Questions are not held, and are about whoever asks.
const SETTLED: &str = "parameters = { \"query.wait\" = 0, \"path.station\" = \"gaon-1\" }\n";

/// Who asks, and by which phases.
struct Stranger<'a> {
    office: &'a Office,
    phases: &'a str,
    questions: &'a str,
}

impl Stranger<'_> {
    async fn asks(&self, party: Option<&str>) {
        let office = self.office;
        let (public, folder) = (office.public(), office.folder_of_all());
        let settings = folder.join("schemathesis.toml");
        fs::write(&settings, SETTLED).unwrap();
        let description = folder.join("openapi.json");
        let url = format!("http://{public}/openapi.json");
        let text = reqwest::get(url).await.unwrap().text().await.unwrap();
        fs::write(&description, text).unwrap();
        let mut stranger = Command::new(judge("schemathesis"));
        stranger
            .arg("--config-file")
            .arg(&settings)
            .arg("run")
            .arg(&description)
            .args(["--checks", CHECKS, "--max-examples", self.questions])
            .args(["--phases", self.phases, "--generation-deterministic"])
            .args(["--warnings", "off", "--no-color", "--request-retries", "2"])
            .args(["--suppress-health-check", "all", "--continue-on-failure"])
            .args(["--request-timeout", "30"])
            .env("HOME", folder)
            .current_dir(folder);
        match party {
            None => {
                let url = format!("http://{public}");
                stranger.args(["--url", &url, "--include-path-regex", PUBLIC]);
            }
            Some(party) => {
                let credentials = office.credentials(party);
                let file = |name: &str| credentials.join(name);
                stranger
                    .args(["--url", &office.url(), "--exclude-path-regex", PUBLIC])
                    .arg("--tls-verify")
                    .arg(file("authority.pem"))
                    .arg("--request-cert")
                    .arg(file("certificate.pem"))
                    .arg("--request-cert-key")
                    .arg(file("key.pem"));
            }
        }
        let asked = stranger.output().await.unwrap();
        let said = String::from_utf8_lossy(&asked.stdout);
        let went_wrong = String::from_utf8_lossy(&asked.stderr);
        assert!(asked.status.success(), "{party:?}:\n{said}\n{went_wrong}");
        eprintln!(
            "{party:?}: {}",
            said.lines().rev().take(8).collect::<Vec<_>>().join(" | ")
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stranger_finds_nothing_that_is_not_described() {
    let office = Office::open().await;
    let mut station = office.station("narae-1");
    station.submit("r", HOUSEHOLD, Some(BITNA), &[]).await;
    station.prepared("r").await;

    let stranger = Stranger {
        office: &office,
        phases: "fuzzing",
        questions: QUESTIONS,
    };
    stranger.asks(None).await;
    stranger.asks(Some("gaon-1")).await;
    stranger.asks(Some("kim")).await;
}

/// Some minutes: every party, every phase.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "make api-test"]
async fn strangers_find_nothing_in_thousands_of_questions() {
    let office = Office::open().await;
    let questions = std::env::var("MINWON_QUESTIONS").unwrap_or_else(|_| "60".to_owned());

    for party in [None, Some("gaon-1"), Some("desk-1"), Some("kim")] {
        let stranger = Stranger {
            office: &office,
            phases: "examples,coverage,fuzzing",
            questions: &questions,
        };
        stranger.asks(party).await;
    }
}
