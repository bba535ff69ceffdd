//! The networks, played by a program of another maker: Prism serves what
//! `describe-networks` writes, and nothing of ours stands between it and the exchange.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::TcpListener,
    process::{Child, Command, Stdio},
};

use catalog::{Catalog, Service};
use request::{DeclineReason, NetworkFault, RequestEvent, ServiceId};
use serde_json::{Value, json};

use super::{Counter, Door, End, asking::Asked, catalog};
use crate::office::Office;

const CLIENT: &str = "KR/GOV/4199900/minwon";

/// A running Prism; it ends when this is dropped.
struct Prism {
    child: Child,
    url: String,
    _folder: tempfile::TempDir,
}

/// Whether Prism refuses to answer what its own description does not allow.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Its {
    Word,
    Misfits,
}

impl Prism {
    fn serve(description: &Value, its: Its) -> Self {
        let program = std::env::var_os("MINWON_PRISM").expect("MINWON_PRISM names the program");
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("networks.json");
        fs::write(&file, description.to_string()).unwrap();
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let mut command = Command::new(program);
        command.args(["mock", "--host", "127.0.0.1", "--port"]);
        command.arg(port.to_string()).arg(&file);
        if its == Its::Word {
            command.arg("--errors");
        }
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
        let up = said.any(|line| line.unwrap().contains("Prism is listening"));
        assert!(up, "Prism ended");
        // What it goes on to say is read, so that it never waits for a reader.
        std::thread::spawn(move || said.for_each(drop));
        let url = format!("http://127.0.0.1:{port}");
        Self {
            child,
            url,
            _folder: folder,
        }
    }
}

impl Drop for Prism {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The networks' description, changed by hand here and there.
struct Description(Value);

impl Description {
    fn of(catalog: &Catalog) -> Self {
        let mut this = Self(exchange::describe_networks(catalog));
        for service in catalog.services() {
            // The one request that will come for it.
            let id = registry::message_id(&format!("{:?}-{}", Door::Kiosk, service.id));
            this.responses(service)["200"]["headers"]["X-Road-Id"]["schema"] =
                json!({ "type": "string", "format": "uuid", "const": id });
        }
        this
    }

    fn path(service: &Service) -> String {
        let catalog = catalog();
        let member = &catalog.network(&service.network).unwrap().xroad;
        format!(
            "/r1/{}/{}/{}/{}/{}",
            member.instance, member.class, member.member, member.subsystem, service.query
        )
    }

    fn responses(&mut self, service: &Service) -> &mut Value {
        &mut self.0["paths"][Self::path(service)]["post"]["responses"]
    }

    /// The service answers with one status alone.
    fn only(&mut self, service: &str, status: &str, headers: &[(&str, &str)]) {
        let headers: serde_json::Map<String, Value> = headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), json!({ "schema": { "const": value } })))
            .collect();
        *self.responses(&of(service)) = json!({ status: {
            "description": "As it is told.",
            "headers": headers,
            "content": { "application/json": { "example": { "message": "as it is told" } } },
        } });
    }
}

fn of(id: &str) -> Service {
    catalog().service(&ServiceId::new(id)).unwrap().clone()
}

/// Whom the sample of a service is about.
fn in_sample(service: &Service) -> Option<String> {
    let sample: Value = serde_json::from_str(&service.sample).unwrap();
    let place = service.subject.as_ref()?.first_place();
    Some(sample.pointer(&place)?.as_str()?.to_owned())
}

impl Counter {
    /// What the exchange says to a request of whom the sample is about, or of somebody else.
    async fn ask_about(&mut self, service: &Service, applicant: Option<String>) -> RequestEvent {
        let mut asked = Asked::of(&catalog(), service);
        asked.0.applicant = applicant.or(asked.0.applicant);
        let id = format!("{:?}-{}", Door::Kiosk, service.id);
        let events = asked.at_kiosk(service, &self.kiosk.station.id);
        self.kiosk.station.tell_all(&id, events).await;
        self.kiosk.outcome(&id).await
    }
}

#[tokio::test]
#[ignore = "wants Prism: make oracle-test"]
#[allow(clippy::print_stdout, reason = "the table is what it is run for")]
async fn another_maker_plays_all_networks_and_every_service_ends_in_a_paper() {
    let catalog = catalog();
    let prism = Prism::serve(&Description::of(&catalog).0, Its::Word);
    let mut counter = Counter::of(Office::open_by(&prism.url).await);
    let mut others = Vec::new();

    for service in catalog.services() {
        let answer = counter.ask_about(service, in_sample(service)).await;
        let end = match answer {
            RequestEvent::Prepared { documents } => counter.examined(&documents).await,
            other => End::Other(format!("{other:?}")),
        };
        println!("{:30} {:20} {end}", service.id, service.network);
        if !matches!(end, End::Paper(_)) {
            others.push(format!("{}: {end}", service.id));
        }
    }

    assert!(others.is_empty(), "\n{}", others.join("\n"));
}

#[tokio::test]
#[ignore = "wants Prism: make oracle-test"]
async fn whose_fault_it_is_and_what_was_not_agreed_is_told_by_the_other_makers_networks() {
    let catalog = catalog();
    let mut description = Description::of(&catalog);
    let theirs = [("X-Road-Error", "Server.ServerProxy.NetworkError")];
    let our_server = [("X-Road-Error", "Server.ClientProxy.SslAuthenticationFailed")];
    let ours = [("X-Road-Error", "Client.BadRequest")];
    description.only("land-ledger", "500", &[]);
    description.only("building-ledger", "500", &theirs);
    description.only("farmland-ledger", "500", &our_server);
    description.only("business-registration", "400", &ours);
    description.only("vehicle-register", "429", &[("Retry-After", "60")]);
    // The path is gone, the record is another one, the id is another question's.
    let paths = description.0["paths"].as_object_mut().unwrap();
    paths.remove(&Description::path(&of("patent-register")));
    let sample = "/200/content/application~1json/examples/sample/value";
    let drifted = of("weather-certificate");
    let record = description.responses(&drifted).pointer_mut(sample).unwrap();
    record["added_overnight"] = json!(true);
    description.responses(&of("air-quality-record"))["200"]["headers"]["X-Road-Id"]["schema"] =
        json!({ "const": registry::message_id("another") });
    // A header that we do not send.
    let wanted = json!({ "name": "X-Road-UserId", "in": "header", "required": true,
        "schema": { "type": "string" } });
    let path = Description::path(&of("fishing-boat-register"));
    let asked = &mut description.0["paths"][path]["post"]["parameters"];
    asked.as_array_mut().unwrap().push(wanted);

    let prism = Prism::serve(&description.0, Its::Misfits);
    let mut counter = Counter::of(Office::open_by(&prism.url).await);
    let attempt = |fault| RequestEvent::AttemptFailed { fault };
    let declined = |reason| RequestEvent::Declined { reason };
    for (service, expected) in [
        ("land-ledger", attempt(NetworkFault::Nonsense)),
        ("building-ledger", attempt(NetworkFault::Unreachable)),
        ("farmland-ledger", attempt(NetworkFault::Unreachable)),
        ("business-registration", declined(DeclineReason::Malformed)),
        ("vehicle-register", attempt(NetworkFault::Slow)),
        ("patent-register", attempt(NetworkFault::Nonsense)),
        ("weather-certificate", attempt(NetworkFault::Nonsense)),
        ("air-quality-record", attempt(NetworkFault::Nonsense)),
        ("fishing-boat-register", attempt(NetworkFault::Nonsense)),
    ] {
        let service = of(service);
        let answer = counter.ask_about(&service, in_sample(&service)).await;
        assert_eq!(answer, expected, "{}", service.id);
    }
    // The sample is about somebody else.
    let answer = counter
        .ask_about(&of("income"), Some(crate::BITNA.to_owned()))
        .await;
    assert_eq!(answer, attempt(NetworkFault::Nonsense));
}

#[tokio::test]
#[ignore = "wants Prism: make oracle-test"]
async fn who_does_not_say_who_asks_is_told_so_by_the_other_makers_network() {
    let catalog = catalog();
    let prism = Prism::serve(&Description::of(&catalog).0, Its::Word);
    let service = of("resident-register-household");
    let url = format!("{}{}", prism.url, Description::path(&service));
    let body = json!({ "resident_number": "9001012990014" });
    let id = "11111111-1111-8111-8111-111111111111";
    let all = [
        ("X-Road-Client", CLIENT),
        ("X-Road-Id", id),
        ("X-Road-Issue", "r"),
    ];

    let mut statuses = Vec::new();
    for left_out in [
        None,
        Some("X-Road-Client"),
        Some("X-Road-Id"),
        Some("X-Road-Issue"),
    ] {
        let mut post = reqwest::Client::new().post(&url).json(&body);
        for (name, value) in all.iter().filter(|(name, _)| Some(*name) != left_out) {
            post = post.header(*name, *value);
        }
        statuses.push(post.send().await.unwrap().status().as_u16());
    }
    assert_eq!(statuses, [200, 422, 422, 422]);

    // An X-Road failure and the agency's own have the same status; the header tells.
    for (code, header) in [("500", true), ("404", false)] {
        let mut post = reqwest::Client::new().post(&url).json(&body);
        for (name, value) in all {
            post = post.header(name, value);
        }
        let answer = post
            .header("Prefer", format!("code={code}"))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status().as_str(), code);
        assert_eq!(
            answer.headers().contains_key("X-Road-Error"),
            header,
            "{code}"
        );
    }
}
