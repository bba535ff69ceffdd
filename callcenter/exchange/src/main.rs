//! `minwon-exchange`: the server every station syncs with.

use std::{
    collections::BTreeMap,
    env,
    io::Write,
    path::PathBuf,
    process::ExitCode,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use anyhow::{Context, bail};
use exchange::{
    BackupSettings, ConsoleSettings, KeyStore, PageSettings, Settings, TRAINING_KEPT, Traces,
    carry, command, describe_networks, hand_in_edition, hand_in_release, list_training, operate,
    start, start_witnessed,
};
use identity::{AgentId, Party};
use request::{StationId, Timestamp};
use tokio::signal::unix::{SignalKind, signal};

/// Typesetting asks for many small pieces, and gets them faster than from the C library.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const USAGE: &str = "usage: minwon-exchange --catalog FOLDER --data FOLDER --networks URL \
    --stations FILE [--network-access FILE] [--recipients FILE] [--listen IP:PORT] [--name NAME,NAME...] [--public IP:PORT] \
    [--proxies IP,IP...] [--examiner FILE] [--operators IP:PORT] [--traces URL] \
    [--console IP:PORT [--console-credentials FOLDER]] [--enrolment IP:PORT] \
    [--clock MILLISECONDS] [--address-file FILE] [--tsa URL] [--unproven-agents yes|no] \
    [--text-messages FOLDER] [--training-days DAYS] \
    [--backup FOLDER --backup-key KEY [--backup-every MINUTES] [--backup-confirm yes|no]] \
    [--pkcs11-module FILE --pkcs11-token NAME --pkcs11-key NAME --pkcs11-pin-file FILE \
    --pkcs11-chain FILE]\n       \
    minwon-exchange station-add|agent-add ID --data FOLDER --stations FILE --into FOLDER \
    [--kind kiosk|desk|training-room] [--days DAYS] [--clock MILLISECONDS]\n       \
    minwon-exchange station-expect ID --model MODEL --stations FILE [--days DAYS] [--clock MILLISECONDS]\n       \
    minwon-exchange station-certify REQUEST --data FOLDER --stations FILE [--clock MILLISECONDS]\n       \
    minwon-exchange edition FILE --signer FILE --data FOLDER\n       \
    minwon-exchange release FOLDER --signer FILE --data FOLDER\n       \
    minwon-exchange operator add|passphrase|role|strike|list [NAME] --data FOLDER [--role ROLE]\n       \
    minwon-exchange describe-networks --catalog FOLDER\n       \
    minwon-exchange training --data FOLDER [--agent ACCOUNT]\n       \
    minwon-exchange station-revoke|agent-revoke ID --stations FILE\n       \
    minwon-exchange switch-certify NAME,NAME... --data FOLDER --stations FILE --into FOLDER \
    [--days DAYS] [--clock MILLISECONDS]\n       \
    minwon-exchange switch-revoke NAME --stations FILE";

/// Between two whole copies, unless said otherwise.
const COPY_EVERY: Duration = Duration::from_secs(3_600);

const OPTIONS: [&str; 35] = [
    "--catalog",
    "--data",
    "--networks",
    "--network-access",
    "--recipients",
    "--stations",
    "--listen",
    "--name",
    "--public",
    "--proxies",
    "--examiner",
    "--operators",
    "--console",
    "--console-credentials",
    "--enrolment",
    "--model",
    "--traces",
    "--into",
    "--days",
    "--kind",
    "--clock",
    "--address-file",
    "--tsa",
    "--unproven-agents",
    "--text-messages",
    "--training-days",
    "--backup",
    "--backup-key",
    "--backup-every",
    "--backup-confirm",
    "--pkcs11-module",
    "--pkcs11-token",
    "--pkcs11-key",
    "--pkcs11-pin-file",
    "--pkcs11-chain",
];

/// How long a party's certificate lasts when nothing else was asked for.
const DAYS: u64 = 365;
/// How long a delivered machine is waited for when nothing else was asked for.
const EXPECTED_DAYS: u32 = 60;

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    let words: Vec<String> = env::args().skip(1).collect();
    let collector = words.iter().position(|it| it == "--traces");
    let collector = collector.and_then(|at| words.get(at + 1));
    let (traces, further) = collector.map(|it| Traces::to(it)).transpose()?.unzip();
    telemetry::start_with(further)?;
    if let Some(code) = command(&words)? {
        return Ok(code);
    }
    if let Some(code) = list_training(&words)? {
        return Ok(code);
    }
    if let Some(code) = hand_in_edition(&words)? {
        return Ok(code);
    }
    if let Some(code) = hand_in_release(&words)? {
        return Ok(code);
    }
    if let Some(code) = carry(&words)? {
        return Ok(code);
    }
    if let Some(code) = operate(&words)? {
        return Ok(code);
    }
    let mut words = words.into_iter().peekable();
    let command = words.next_if(|word| !word.starts_with("--"));
    if command.as_deref() == Some("describe-networks") {
        return describe(&arguments(words)?);
    }
    if let Some(command) = command {
        let id = words.next().context(USAGE)?;
        enroll(&command, &id, &arguments(words)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let given = arguments(words)?;
    let settings = settings(&given)?;
    let running = match given.get("--tsa") {
        None => start(&settings).await?,
        Some(service) => start_witnessed(&settings, service).await?,
    };
    tracing::info!(
        url = running.url(),
        public = %running.public,
        operators = running.operators.map(tracing::field::display),
        console = running.console.map(tracing::field::display),
        "The exchange is up"
    );
    if let Some(file) = given.get("--address-file") {
        std::fs::write(file, running.url()).context("cannot write the address file")?;
    }
    let mut terminate = signal(SignalKind::terminate())?;
    running
        .until(async {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
        })
        .await;
    tracing::info!("The exchange ends");
    if let Some(traces) = traces {
        tokio::task::spawn_blocking(move || traces.end()).await?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What the agencies have to serve, for whoever sets up or tests a network.
fn describe(given: &Given) -> anyhow::Result<ExitCode> {
    let catalog = catalog::Catalog::read(needed(given, "--catalog")?.as_ref())?;
    serde_json::to_writer_pretty(std::io::stdout(), &describe_networks(&catalog))?;
    Ok(ExitCode::SUCCESS)
}

/// Who may come to the exchange.
fn enroll(command: &str, id: &str, given: &Given) -> anyhow::Result<()> {
    let lasts = |given: &Given| {
        let days = given.get("--days").map(|it| it.parse()).transpose()?;
        anyhow::Ok(Duration::from_hours(24) * u32::try_from(days.unwrap_or(DAYS))?)
    };
    let roster = PathBuf::from(needed(given, "--stations")?);
    if command == "switch-certify" {
        let names: Vec<String> = id.split(',').map(str::to_owned).collect();
        let data = PathBuf::from(needed(given, "--data")?);
        let into = PathBuf::from(needed(given, "--into")?);
        let (now, lasts) = (now(given)?, lasts(given)?);
        return exchange::certify_switch(&data, &roster, &names, &into, now, lasts);
    }
    if command == "switch-revoke" {
        return exchange::revoke_switch(&roster, id);
    }
    if command == "station-certify" {
        let data = PathBuf::from(needed(given, "--data")?);
        let answer = exchange::certify_on_paper(&data, &roster, id, now(given)?)?;
        let code = exchange::drawn_for_terminal(&answer)?;
        writeln!(std::io::stdout(), "{answer}\n\n{code}")?;
        return Ok(());
    }
    let (kind, act) = command.split_once('-').context(USAGE)?;
    let party = match kind {
        "station" => Party::Station(StationId::new(id)),
        "agent" => Party::Agent(AgentId::new(id)),
        _ => bail!(USAGE),
    };
    match act {
        "expect" => {
            let Party::Station(station) = &party else {
                bail!(USAGE)
            };
            let model = needed(given, "--model")?;
            let days = given.get("--days").map(|it| it.parse()).transpose()?;
            let lasts = Duration::from_hours(24) * days.unwrap_or(EXPECTED_DAYS);
            let label = exchange::expect_machine(&roster, station, &model, now(given)?, lasts)?;
            writeln!(std::io::stdout(), "{label}")?;
            Ok(())
        }
        "add" => {
            let data = PathBuf::from(needed(given, "--data")?);
            let into = PathBuf::from(needed(given, "--into")?);
            let (now, lasts) = (now(given)?, lasts(given)?);
            match (given.get("--kind").map(String::as_str), &party) {
                (Some("desk"), Party::Station(id)) => {
                    exchange::enroll_desk(&data, &roster, id, &into, now, lasts)
                }
                (Some("training-room"), Party::Station(id)) => {
                    exchange::enroll_training_room(&data, &roster, id, &into, now, lasts)
                }
                (Some("kiosk"), Party::Station(_)) | (None, _) => {
                    exchange::enroll(&data, &roster, &party, &into, now, lasts)
                }
                (Some(_), _) => bail!("a station is a kiosk, a desk or a training-room\n{USAGE}"),
            }
        }
        "revoke" => exchange::revoke(&roster, &party),
        _ => bail!(USAGE),
    }
}

/// The given time, or the machine's.
fn now(given: &Given) -> anyhow::Result<Timestamp> {
    let millis = match given.get("--clock") {
        Some(millis) => millis.parse()?,
        None => i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis())?,
    };
    Ok(Timestamp::from_millis(millis))
}

type Given = BTreeMap<&'static str, String>;

fn arguments(mut words: impl Iterator<Item = String>) -> anyhow::Result<Given> {
    let mut given = BTreeMap::new();
    while let Some(word) = words.next() {
        let option = OPTIONS.iter().find(|option| **option == word);
        let (Some(option), Some(value)) = (option, words.next()) else {
            bail!("{word} is not known or lacks its value\n{USAGE}");
        };
        given.insert(*option, value);
    }
    Ok(given)
}

fn needed(given: &Given, name: &str) -> anyhow::Result<String> {
    given
        .get(name)
        .cloned()
        .with_context(|| format!("{name} is missing\n{USAGE}"))
}

fn settings(given: &Given) -> anyhow::Result<Settings> {
    let needed = |name: &str| needed(given, name);
    let address = |name: &str, usual: &str| {
        let address = given.get(name).map_or(usual, String::as_str);
        address
            .parse()
            .with_context(|| format!("{name} is no address\n{USAGE}"))
    };
    let clock_starts_at = given.get("--clock").map(|it| it.parse()).transpose()?;
    let key_store = match given.get("--pkcs11-module") {
        None => KeyStore::File,
        Some(module) => KeyStore::Pkcs11 {
            module: PathBuf::from(module),
            token: needed("--pkcs11-token")?,
            key: needed("--pkcs11-key")?,
            pin_file: needed("--pkcs11-pin-file")?.into(),
            chain: needed("--pkcs11-chain")?.into(),
        },
    };
    let backup = match given.get("--backup") {
        None => None,
        Some(folder) => Some(BackupSettings {
            folder: PathBuf::from(folder),
            recipient: needed("--backup-key")?,
            every: match given.get("--backup-every") {
                None => COPY_EVERY,
                Some(minutes) => Duration::from_secs(60 * minutes.parse::<u64>()?.max(1)),
            },
            confirm: given.get("--backup-confirm").is_none_or(|it| it != "no"),
        }),
    };
    let mut proxies = Vec::new();
    for proxy in given.get("--proxies").iter().flat_map(|it| it.split(',')) {
        let proxy = proxy.parse();
        proxies.push(proxy.with_context(|| format!("--proxies are addresses\n{USAGE}"))?);
    }
    let examiner = match given.get("--examiner") {
        Some(program) => Some(PathBuf::from(program)),
        // It lies beside this one.
        None => Some(env::current_exe()?.with_file_name("minwon-examiner")),
    };
    Ok(Settings {
        catalog: needed("--catalog")?.into(),
        data: needed("--data")?.into(),
        networks: needed("--networks")?,
        network_access: given.get("--network-access").map(PathBuf::from),
        recipients: given.get("--recipients").map(PathBuf::from),
        stations: needed("--stations")?.into(),
        listen: address("--listen", "127.0.0.1:8443")?,
        names: given
            .get("--name")
            .map_or("localhost,127.0.0.1", String::as_str)
            .split(',')
            .map(str::to_owned)
            .collect(),
        public: address("--public", "127.0.0.1:8080")?,
        operators: given
            .get("--operators")
            .map(|_| address("--operators", ""))
            .transpose()?,
        console: match given.get("--console") {
            None => None,
            Some(_) => Some(ConsoleSettings {
                listen: address("--console", "")?,
                credentials: given.get("--console-credentials").map(PathBuf::from),
            }),
        },
        enrolment: given
            .get("--enrolment")
            .map(|_| address("--enrolment", ""))
            .transpose()?,
        page: PageSettings {
            proxies,
            examiner: examiner.filter(|it| it.is_file()),
        },
        clock_starts_at: clock_starts_at.map(Timestamp::from_millis),
        unproven_agents: match given.get("--unproven-agents").map(String::as_str) {
            None => None,
            Some("yes") => Some(true),
            Some("no") => Some(false),
            Some(_) => bail!("--unproven-agents is yes or no\n{USAGE}"),
        },
        key_store,
        backup,
        text_messages: given.get("--text-messages").map(PathBuf::from),
        training_kept: match given.get("--training-days") {
            None => TRAINING_KEPT,
            Some(days) => Duration::from_hours(24) * days.parse::<u32>()?,
        },
    })
}
