//! The machine at work: a thread that hears devices and touches, and does what is to be done.

mod hearing;
mod stick;

use std::{
    collections::BTreeMap,
    fs, io,
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use anyhow::Context;
use devices::{printer::JobId, receipt_printer::ReceiptPrinterOrder};
use fitting::{DeviceEvent, DeviceSettings, Devices};
use fleet::{signed::Signer, site::Site};
use request::Timestamp;
use serde::Deserialize;
use tokio::runtime::Runtime;

use crate::{
    book::Book,
    line::{self, Line},
    machine::{Command, Event, Provisioning},
    places::Places,
    probes, settings, sheets, technicians,
    testing::{self, Plan},
    view::{Touch, View},
};

/// How soon a stick is noticed, and the pulse said.
const LOOK: Duration = Duration::from_secs(2);

/// How often a wait is counted down.
const COUNT: Duration = Duration::from_millis(500);

/// `/usr/lib/minwon/image.toml`.
#[derive(Clone, Debug, Deserialize)]
pub struct Image {
    pub model: String,
    pub version: String,
}

/// `devices.toml`, as it follows from a hardware model.
#[derive(Deserialize)]
struct Fitted {
    devices: DeviceSettings,
}

enum Heard {
    Touch(Touch),
    Device(DeviceEvent),
    /// What a command came to that was waited for on a thread of its own.
    Came(Event),
}

/// Where touches go.
#[derive(Clone)]
pub struct Touches(Sender<Heard>);

impl Touches {
    pub fn touch(&self, touch: Touch) {
        // Fails only when the thread has ended, and the program with it.
        let _ = self.0.send(Heard::Touch(touch));
    }
}

pub struct Shell {
    places: Places,
    image: Image,
    site_signer: Signer,
    devices_text: String,
    machine: Provisioning,
    runtime: Runtime,
    devices: Option<Devices>,
    tell: Sender<Heard>,
    heard: Receiver<Heard>,
    started_at: Timestamp,
    said: String,
    /// What each device has said last of how it is.
    told: BTreeMap<String, testing::Event>,
    jobs: u32,
}

pub fn now() -> Timestamp {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

impl Shell {
    /// # Errors
    /// When the image lacks its own files, or the book cannot be read.
    pub fn open(places: Places) -> anyhow::Result<Self> {
        let read = |name: &str| {
            let file = places.image.join(name);
            fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))
        };
        let image: Image = toml::from_str(&read("image.toml")?)?;
        let plan: Plan = toml::from_str(&read("model/self-test.toml")?)?;
        let devices_text = read("model/devices.toml")?;
        let site_signer = Signer::from_pem(&read("site-authority.pem")?)?;
        let book = Book::read(&places.book())?;
        let site = fs::read(places.site()).ok();
        // It was believed when it was kept; its term is for the day of the stick.
        let site = site.and_then(|bytes| {
            Site::open(&bytes, &site_signer, &image.model, Timestamp::default()).ok()
        });
        let model = image.model.clone();
        let machine = Provisioning::new(model, plan, book, site, now());
        let (tell, heard) = channel();
        Ok(Self {
            places,
            image,
            site_signer,
            devices_text,
            machine,
            runtime: Runtime::new().context("no runtime can be started")?,
            devices: None,
            tell,
            heard,
            started_at: now(),
            said: String::new(),
            told: BTreeMap::new(),
            jobs: 0,
        })
    }

    pub fn image(&self) -> &Image {
        &self.image
    }

    /// Whether there is nothing to do: the machine is in service.
    pub fn is_done(&self) -> bool {
        self.machine.book().in_service_at.is_some()
    }

    pub fn touches(&self) -> Touches {
        Touches(self.tell.clone())
    }

    /// Works until the machine is in service; says every new view.
    ///
    /// # Errors
    /// When a device cannot even be started.
    pub fn run(mut self, show: impl Fn(&View)) -> anyhow::Result<()> {
        self.start_devices()?;
        let mut shown = None;
        let mut look_at = Instant::now() + LOOK;
        loop {
            while let Some(command) = self.machine.poll_command() {
                if matches!(command, Command::Finish) {
                    show(&self.machine.view());
                    return Ok(());
                }
                self.carry_out(command)?;
            }
            let view = self.machine.view();
            if shown.as_ref() != Some(&view) {
                self.order_devices(&view);
                let moment = view.moment();
                if self.said != moment {
                    tracing::info!(step = moment, "The machine is being brought into service");
                    self.said = moment;
                }
                show(&view);
                shown = Some(view);
            }
            self.pulse()?;
            // However much devices have to say: one that is away says so several times a second.
            let left = look_at.saturating_duration_since(Instant::now());
            // A second that is counted on the screen is over before the next look.
            let left = match self.machine.poll_timeout() {
                Some(_) => left.min(COUNT),
                None => left,
            };
            let heard = if left.is_zero() {
                Err(RecvTimeoutError::Timeout)
            } else {
                self.heard.recv_timeout(left)
            };
            let event = match heard {
                Ok(heard) => self.understand(heard),
                Err(RecvTimeoutError::Timeout) if Instant::now() < look_at => None,
                Err(RecvTimeoutError::Timeout) => {
                    look_at = Instant::now() + LOOK;
                    self.look_at_stick()
                }
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            };
            if let Some(event) = event {
                self.machine.handle(event, now());
            }
            self.machine.handle_timeout(now());
        }
    }

    /// Anew when the site says where its devices are.
    fn start_devices(&mut self) -> anyhow::Result<()> {
        let mut text = self.devices_text.clone();
        let station = self.machine.book().station.as_ref();
        let place = self.machine.site().zip(station);
        let place = place.and_then(|(site, station)| site.place(station.as_str()));
        for (from, to) in place.iter().flat_map(|it| &it.addresses) {
            text = text.replace(from, to);
        }
        let fitted: Fitted = toml::from_str(&text)?;
        self.devices = None;
        self.told.clear();
        let tell = self.tell.clone();
        let _guard = self.runtime.enter();
        let today = || now().local().date();
        let devices = Devices::start(&fitted.devices, today, None, move |event| {
            let _ = tell.send(Heard::Device(event));
        })?;
        self.devices = Some(devices);
        Ok(())
    }

    fn carry_out(&mut self, command: Command) -> anyhow::Result<()> {
        match command {
            Command::Keep(book) => {
                let stations = book.station.clone();
                if let Err(error) = book.write(&self.places.book()) {
                    tracing::error!(%error, "The book cannot be written");
                    self.machine.handle(Event::DiskFails, now());
                } else if stations.is_some() && !book.enrolled {
                    self.start_devices()?;
                }
            }
            Command::LookForSite => {
                if let Some(event) = self.look_at_stick() {
                    self.machine.handle(event, now());
                }
            }
            Command::FindOwner(card) => {
                let known = self.technicians();
                self.later(move || Event::Owner(technicians::owner(&known, &card)));
            }
            Command::LookAtPin { technician, pin } => {
                let known = self.technicians();
                self.later(move || Event::PinLookedAt {
                    right: technicians::has_pin(&known, &technician, &pin),
                });
            }
            Command::Enrol { station, code } => {
                let line = self.line()?;
                self.later(move || Event::Enrolled(line.enrol(&station, &code, now())));
            }
            Command::PrintRequest { station, code } => {
                match self.line()?.request(&station, &code) {
                    Ok(text) => self.print(sheets::request(&text)),
                    Err(_) => self.machine.handle(Event::RequestPrinted(false), now()),
                }
            }
            Command::TakeCertificate(text) => {
                let station = self.machine.book().station.clone();
                let station = station.context("it is no station yet")?;
                let taken = self.line()?.take(&station, &text, now());
                self.machine.handle(Event::Enrolled(taken), now());
            }
            Command::Probe => {
                for said in self.told.values().cloned().collect::<Vec<_>>() {
                    self.machine.handle(Event::Test(said), now());
                }
                for event in probes::of_machine() {
                    self.machine.handle(Event::Test(event), now());
                }
                let (line, tell) = (self.line()?, self.tell.clone());
                let station = self.machine.book().station.clone();
                thread::spawn(move || {
                    for event in probes::of_exchange(&line, station.as_ref()) {
                        let _ = tell.send(Heard::Came(Event::Test(event)));
                    }
                });
            }
            Command::PrintSheet => {
                let (book, image) = (self.machine.book().clone(), self.image.clone());
                if let Some(site) = self.machine.site() {
                    let sheet =
                        sheets::commissioning(&book, site, &image.model, &image.version, now());
                    self.print(sheet);
                }
            }
            Command::Tell => {
                let (line, book) = (self.line()?, self.machine.book().clone());
                let image = self.image.clone();
                self.later(move || Event::Told(line::tell(&line, &book, &image)));
            }
            Command::Settle => self.settle()?,
            Command::Finish => {}
        }
        Ok(())
    }

    fn technicians(&self) -> Vec<fleet::site::Technician> {
        let site = self.machine.site();
        site.map_or_else(Vec::new, |it| it.technicians.clone())
    }

    fn line(&self) -> anyhow::Result<Arc<Line>> {
        let site = self.machine.site().context("no site's package lies here")?;
        Ok(Arc::new(Line::new(site, self.places.line())))
    }

    /// What takes longer than a frame is waited for elsewhere.
    fn later(&self, work: impl FnOnce() -> Event + Send + 'static) {
        let tell = self.tell.clone();
        thread::spawn(move || {
            let _ = tell.send(Heard::Came(work()));
        });
    }

    fn print(&mut self, sheet: sheet::Sheet) {
        self.jobs += 1;
        let job = JobId::new(format!("provision-{}", self.jobs));
        if let Some(devices) = &self.devices {
            devices.receipt_printer(ReceiptPrinterOrder::Print { job, sheet });
        }
    }

    fn settle(&self) -> anyhow::Result<()> {
        let book = self.machine.book();
        let site = self.machine.site().context("no site's package lies here")?;
        let station = book.station.as_ref().context("it is no station yet")?;
        let place = site
            .place(station.as_str())
            .context("the site has no such station")?;
        let text = settings::kiosk(site, place, &self.devices_text);
        durable::replace_secret(&self.places.settings(), text.as_bytes())?;
        Ok(())
    }

    /// That this program shows something, for whoever judges the start.
    fn pulse(&self) -> io::Result<()> {
        let text = serde_json::json!({
            "at": now(),
            "started_at": self.started_at,
            "first_frame": true,
            "screen": "provision",
            "visit": false,
            "maintenance": true,
        });
        let file = self.places.pulse();
        let beside = file.with_extension("new");
        fs::write(&beside, text.to_string())?;
        fs::rename(&beside, &file)
    }
}
