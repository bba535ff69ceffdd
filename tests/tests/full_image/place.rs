//! Where the machine stands: an office behind the network, devices at its wires, a technician's
//! stick in its socket.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::Child,
    time::{Duration, Instant},
};

use age::x25519::Identity;
use bench::{cash_box::HOPPERS, kiosk_bench::KioskBench};
use fleet::Report;
use fleet::site::{self, Site, Technician, Words};
use images::{
    Model,
    derive::{self, Twin},
};
use privacy::Personal;
use request::{StationId, Timestamp};
use rusqlite::{Connection, OpenFlags};
use tests::office::{Office, STATION, TUESDAY_10_00};

use crate::{
    firmware::Hardware,
    machine::Machine,
    stick,
    technician::{self, PIN, TECHNICIAN},
};

/// The host, as a guest of QEMU's user network sees it.
const HOST: &str = "10.0.2.2";
pub(crate) const MODEL: &str = "qemu-full";
pub(crate) const MOMENT: Duration = Duration::from_millis(200);
/// From ten in the morning to half past two.
const TO_THE_NIGHT: Duration = Duration::from_mins(990);
pub(crate) const REPORTED: Duration = Duration::from_secs(180);

pub(crate) struct Place {
    pub(crate) office: Office,
    pub(crate) bench: KioskBench,
    pub(crate) label: String,
    /// Where a technician touches what, by name.
    pub(crate) places: BTreeMap<String, (f32, f32)>,
    model: Model,
    opened: Instant,
    folder: PathBuf,
    site: Site,
    hardware: Hardware,
    running: Option<(Machine, Child)>,
    /// Who keeps recovery keys of disks.
    pub(crate) escrow: Identity,
    /// How far the machine's clock is ahead of the office's: an evening, for the night's work.
    ahead: Duration,
}

impl Place {
    /// A machine as it was delivered, before an office that expects it.
    pub(crate) fn open(name: &str) -> Self {
        let images = PathBuf::from(std::env::var_os("MINWON_IMAGE").unwrap());
        let folder = images.join("machines").join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        symlink(&folder, folder.join("kept")).unwrap();
        let office = Office::open(TUESDAY_10_00);
        let opened = Instant::now();
        let bench = KioskBench::start(&folder.join("a4")).unwrap();
        let label = office.expect_machine(&StationId::new(STATION), MODEL);
        let model = model();
        let hardware = Hardware::new(&folder, &images.join("full/minwon_1.raw"));
        for (role, line) in [
            ("card-reader", bench.card_reader.path()),
            ("receipt-printer", bench.receipt_printer.path()),
            ("barcode-reader", bench.barcode_reader.path()),
            ("cash", bench.cash.path()),
        ] {
            symlink(line, folder.join(role)).unwrap();
        }
        let escrow = Identity::generate();
        Self {
            site: site(&office, &bench, &escrow),
            escrow,
            ahead: Duration::ZERO,
            office,
            bench,
            model,
            label,
            places: technician::places(&folder),
            opened,
            folder,
            hardware,
            running: None,
        }
    }

    pub(crate) fn kept(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    pub(crate) fn stick(&self, releases: &[&str]) -> PathBuf {
        let images = PathBuf::from(std::env::var_os("MINWON_IMAGE").unwrap());
        stick::write(
            &self.folder,
            &self.site,
            &images.join("keys/site.key"),
            releases,
        )
    }

    /// What the machine's clock says when it is switched on.
    fn now(&self) -> Timestamp {
        self.office.clock() + self.opened.elapsed() + self.ahead
    }

    /// It is switched on by night from now on, when nobody is served.
    pub(crate) fn night_falls(&mut self) {
        self.ahead = TO_THE_NIGHT;
    }

    pub(crate) fn switch_on(&mut self, stick: &Path) {
        let _ = fs::remove_file(self.folder.join("console"));
        let _ = fs::remove_file(self.folder.join("monitor"));
        let host = Twin {
            run: self.folder.display().to_string(),
            memory_mb: 1_536,
            ..Twin::default()
        };
        let tpm = self.hardware.tpm();
        let mut arguments = derive::twin(&self.model, &host);
        arguments.extend(self.hardware.arguments());
        let seconds = self.now().as_millis() / 1_000;
        let clock = jiff::Timestamp::from_second(seconds).unwrap();
        let clock = clock.strftime("%Y-%m-%dT%H:%M:%S");
        for (option, value) in [
            ("-rtc", format!("base={clock}")),
            (
                "-drive",
                format!(
                    "if=none,id=stick,format=raw,readonly=on,file={}",
                    stick.display()
                ),
            ),
            ("-device", "usb-storage,bus=usb.0,drive=stick".to_owned()),
        ] {
            arguments.extend([option.to_owned(), value]);
        }
        self.running = Some((Machine::start(&self.folder, &arguments), tpm));
    }

    /// Pulls the plug.
    pub(crate) fn cut_power(&mut self) {
        if let Some((machine, mut tpm)) = self.running.take() {
            drop(machine);
            let _ = tpm.kill();
            let _ = tpm.wait();
        }
        self.bench.card_reader.with(|it| it.pull());
    }

    /// As technicians do it: nothing on the machine minds.
    pub(crate) fn switch_off(&mut self) {
        let console = self.machine().console();
        fs::write(self.kept("console.txt"), console).unwrap();
        self.cut_power();
    }

    pub(crate) fn machine(&self) -> &Machine {
        &self.running.as_ref().expect("it is on").0
    }

    pub(crate) fn machine_mut(&mut self) -> &mut Machine {
        &mut self.running.as_mut().expect("it is on").0
    }

    pub(crate) fn machine_and_bench(&mut self) -> (&mut Machine, &KioskBench) {
        (&mut self.running.as_mut().expect("it is on").0, &self.bench)
    }

    /// Waits for words of the machine's log.
    pub(crate) fn until_said(&self, words: &str, within: Duration) {
        let given_up = Instant::now() + within;
        while !self.machine().console().contains(words) {
            if Instant::now() > given_up {
                let console = self.machine().console();
                fs::write(self.kept("console.txt"), &console).unwrap();
                let tail: Vec<&str> = console.lines().rev().take(40).collect();
                let tail: Vec<&str> = tail.into_iter().rev().collect();
                panic!("{words:?} is not said; at the end:\n{}", tail.join("\n"));
            }
            std::thread::sleep(MOMENT);
        }
        let seconds = self.machine().started.elapsed().as_secs();
        println!("{seconds:>4} s after the switch: {words}");
    }

    pub(crate) fn picture(&mut self, name: &str) {
        let file = self.kept(name);
        self.machine_mut().screen().write(&file);
    }

    /// What the machine told the exchange, once that is so.
    pub(crate) fn until_reported(&self, is_so: impl Fn(&Report) -> bool) -> Report {
        let given_up = Instant::now() + REPORTED;
        loop {
            if let Some(report) = self.last_report()
                && is_so(&report)
            {
                return report;
            }
            assert!(Instant::now() < given_up, "the exchange is not told");
            std::thread::sleep(MOMENT * 5);
        }
    }

    fn last_report(&self) -> Option<Report> {
        let store = self.office.data().join("exchange.sqlite");
        let store = Connection::open_with_flags(store, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        let question = "SELECT report FROM machine WHERE station = ?1";
        let text = store.query_row(question, [STATION], |row| row.get::<_, Option<String>>(0));
        Some(serde_json::from_str(&text.ok()??).unwrap())
    }

    /// What the machine says of its memory and of how long its start took.
    pub(crate) fn figures(&self) -> String {
        let said = self.machine().console();
        let line = said
            .lines()
            .rev()
            .find(|it| it.contains("The machine after its start"));
        line.unwrap_or("nothing was said of memory")
            .trim()
            .to_owned()
    }

    /// How many keys were certified for the station, besides the one it had from the start.
    pub(crate) fn certificates(&self) -> usize {
        let claims = fs::read_to_string(self.office.folder().join("claims.toml")).unwrap();
        claims.matches("BEGIN CERTIFICATE").count()
    }
}

pub(crate) fn model() -> Model {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = file.join(format!("../images/models/{MODEL}.toml"));
    Model::parse(MODEL, &fs::read_to_string(file).unwrap()).unwrap()
}

/// What the office signs for its machines.
fn site(office: &Office, bench: &KioskBench, escrow: &Identity) -> Site {
    let read = |file: PathBuf| fs::read_to_string(file).unwrap();
    let port = |address: &str| {
        let (_, rest) = address.rsplit_once(':').unwrap();
        rest.chars()
            .take_while(char::is_ascii_digit)
            .collect::<String>()
    };
    let hoppers = HOPPERS.map(|hopper| {
        format!(
            "[[devices.cash.hopper]]\naddress = {}\nvalue_won = {}\ncoins = {}\n",
            hopper.address, hopper.value_won, hopper.coins,
        )
    });
    let printer = port(&bench.document_printer.uri());
    let terminal = port(&bench.payment_terminal.address().to_string());
    Site {
        valid_until: office.clock() + Duration::from_hours(24 * 30),
        exchange: format!("https://{HOST}:{}", office.address().port()),
        enrolment: format!("https://{HOST}:{}", office.enrolment().port()),
        authority_pem: read(office.credentials().join("authority.pem")),
        co_signer_pem: read(office.credentials().join("co-signer.pem")),
        telephone: "02-120".to_owned(),
        stations: vec![site::Place {
            station: STATION.to_owned(),
            model: MODEL.to_owned(),
            office: words("한빛시 가온구청", "Gaon-gu Office, Hanbit-si"),
            place: words("가온구청 1층 민원실", "Gaon-gu Office, 1st floor"),
            jurisdiction: "41999".to_owned(),
            settings: hoppers.concat() + "[headphones]\ndevice = \"null\"\n",
            addresses: vec![
                ("10.0.2.2:8631".to_owned(), format!("{HOST}:{printer}")),
                ("10.0.2.2:20007".to_owned(), format!("{HOST}:{terminal}")),
            ],
            reaches: Vec::new(),
        }],
        technicians: vec![technician()],
        escrow: Some(escrow.to_public().to_string()),
        settings: "agents_at_screen = true\ntwo_person_check = true\n".to_owned(),
    }
}

fn words(ko: &str, en: &str) -> Words {
    Words {
        ko: ko.to_owned(),
        en: en.to_owned(),
    }
}

fn technician() -> Technician {
    #[derive(serde::Deserialize)]
    struct File {
        technician: Vec<Technician>,
    }
    let secret = |text: &str| Personal::new(text.to_owned());
    let (card, pin) = (secret(TECHNICIAN.resident_number), secret(PIN));
    let lines = kiosk::technician_entry("tech-1", &card, &pin).unwrap();
    toml::from_str::<File>(&lines).unwrap().technician.remove(0)
}
