//! A whole kiosk, tried: its window, its event loop, its journal, its drivers
//! and its link run as they do in service; devices and cable are the bench's.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        atomic::{AtomicU32, Ordering},
        mpsc::{Receiver, RecvTimeoutError, channel},
    },
    time::{Duration, Instant},
};

use bench::{cable::Cable, kiosk_bench::KioskBench, people::Person};
use i_slint_backend_testing::{TestingBackend, TestingBackendOptions, mock_elapsed_time};
use journal::{Journal, Key};
use kiosk::{
    Clock, Kiosk, Settings, screens,
    visit::{View, view::Screen},
};
use kiosk_ui::KioskWindow;
use request::{RequestEvent, ServiceRequest, StationId, Timestamp};
use slint::{
    ComponentHandle, LogicalPosition, PhysicalSize,
    platform::{PointerEventButton, WindowEvent},
};

use crate::{
    keypad::{Hands, Keypad},
    office::{Office, STATION},
};

/// Longer than anything a citizen waits for; a story that waits longer has failed.
pub(crate) const PATIENCE: Duration = Duration::from_secs(100);

pub struct Stand {
    pub office: Office,
    pub cable: Cable,
    pub bench: KioskBench,
    pub window: KioskWindow,
    pub(crate) hands: Hands,
    /// None for who uses a finger.
    pub(crate) keypad: Option<Keypad>,
    kiosk: Option<Kiosk>,
    settings: Settings,
    clock: Timestamp,
    views: Receiver<View>,
    shown: Option<View>,
    /// Every view so far by its screen's name, for whoever reads a failure.
    pub(crate) past: Vec<String>,
    folder: PathBuf,
}

impl Stand {
    pub fn open(clock: Timestamp) -> Self {
        Self::beside(clock, |_| {}, |_| String::new())
    }

    /// A kiosk that reads chip cards too.
    pub fn with_chip_reader(clock: Timestamp) -> Self {
        let fit = |bench: &mut KioskBench| bench.fit_chip_reader().unwrap();
        Self::beside(clock, fit, |_| String::new())
    }

    /// A kiosk with guide lights, contacts in its cabinet and a power supply.
    pub fn with_cabinet(clock: Timestamp) -> Self {
        let fit = |bench: &mut KioskBench| bench.fit_cabinet().unwrap();
        Self::beside(clock, fit, |_| String::new())
    }

    /// A kiosk with another maker's receipt printer on this line.
    pub fn with_receipt_printer(clock: Timestamp, line: &Path) -> Self {
        let fit = |bench: &mut KioskBench| bench.foreign_receipt_printer = Some(line.to_owned());
        Self::beside(clock, fit, |_| String::new())
    }

    /// A kiosk with further sections of settings, which may need the office.
    pub fn furnished(clock: Timestamp, more: impl FnOnce(&Office) -> String) -> Self {
        Self::beside(clock, |_| {}, more)
    }

    fn beside(
        clock: Timestamp,
        fit: impl FnOnce(&mut KioskBench),
        more: impl FnOnce(&Office) -> String,
    ) -> Self {
        static STANDS: AtomicU32 = AtomicU32::new(0);
        let number = STANDS.fetch_add(1, Ordering::Relaxed);
        let folder =
            std::env::temp_dir().join(format!("minwon-stand-{}-{number}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();

        let office = Office::open(clock);
        let cable = Cable::to(office.address()).unwrap();
        let mut bench = KioskBench::start(&folder.join("a4")).unwrap();
        fit(&mut bench);
        let file = folder.join("kiosk.toml");
        fs::write(
            &file,
            kiosk_settings(&office, &cable.url(), &bench.settings(), &folder) + &more(&office),
        )
        .unwrap();
        let settings = Settings::read(&file).unwrap();

        let backend = TestingBackend::new(TestingBackendOptions {
            mock_time: true,
            threading: false,
            renderer_name: Some("software".into()),
        });
        // A second stand on the same thread finds the screen that is there.
        let _ = slint::platform::set_platform(Box::new(backend));
        let window = KioskWindow::new().unwrap();
        window.window().set_size(PhysicalSize::new(1080, 1920));
        window.show().unwrap();

        let (_, views) = channel();
        let mut stand = Self {
            office,
            cable,
            bench,
            window,
            hands: Hands::Finger,
            keypad: None,
            kiosk: None,
            settings,
            clock,
            views,
            shown: None,
            past: Vec::new(),
            folder,
        };
        stand.switch_on();
        stand.until_everything_works();
        stand
    }

    /// A kiosk welcomes people before all of its devices have said how they are.
    pub fn until_everything_works(&mut self) {
        self.wait_until("everything works", |view| match &view.screen {
            Screen::Welcome(welcome) => welcome.troubles.is_empty(),
            _ => false,
        });
    }

    pub fn switch_on(&mut self) {
        let (tell, views) = channel();
        self.views = views;
        let show = move |view| drop(tell.send(view));
        let kiosk = Kiosk::start(&self.settings, Clock::set(self.clock), show).unwrap();
        self.keypad = Keypad::before(&self.window, self.hands, kiosk.touches());
        if self.keypad.is_none() {
            screens::connect(&self.window, kiosk.touches());
        }
        self.kiosk = Some(kiosk);
    }

    /// Time goes by while it is switched off.
    pub fn let_pass(&mut self, time: Duration) {
        self.clock = self.clock + time;
    }

    /// Waits until the kiosk has ended by itself.
    pub fn until_it_ends(&mut self) {
        let given_up = Instant::now() + PATIENCE;
        loop {
            match self.views.recv_timeout(PATIENCE) {
                Ok(view) => self.draw(view),
                Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {}
            }
            assert!(Instant::now() < given_up, "the kiosk does not end");
        }
    }

    /// The program is gone at once; what is written stays.
    pub fn switch_off(&mut self) {
        self.kiosk = None;
    }

    /// The view on the screen now.
    pub fn view(&mut self) -> &View {
        while let Ok(view) = self.views.try_recv() {
            self.draw(view);
        }
        self.shown.as_ref().unwrap()
    }

    /// Waits until the screen shows what is wanted.
    pub fn wait_until(&mut self, wanted: &str, is_it: impl Fn(&View) -> bool) -> View {
        let given_up = Instant::now() + PATIENCE;
        loop {
            if let Some(view) = self.shown.as_ref().filter(|view| is_it(view)) {
                return view.clone();
            }
            let left = given_up.saturating_duration_since(Instant::now());
            match self.views.recv_timeout(left) {
                Ok(view) => self.draw(view),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    let screen = self.shown.as_ref().map(|view| &view.screen);
                    panic!("waited in vain until {wanted}; the screen shows {screen:#?}");
                }
            }
        }
    }

    /// Waits for a screen by its name.
    pub fn wait_for(&mut self, name: &str) -> View {
        self.wait_until(name, |view| view.screen.name() == name)
    }

    /// What comes next is of the kiosk that runs now.
    pub(crate) fn forget_what_was_shown(&mut self) {
        self.shown = None;
    }

    /// Waits a moment for something else to be shown.
    pub(crate) fn look(&mut self, moment: Duration) {
        if let Ok(view) = self.views.recv_timeout(moment) {
            self.draw(view);
        }
    }

    fn draw(&mut self, view: View) {
        match &self.keypad {
            Some(keypad) => keypad.show(&view),
            None => screens::show(&self.window, &view),
        }
        mock_elapsed_time(Duration::from_millis(300));
        self.past.push(view.screen.name().to_owned());
        self.shown = Some(view);
    }

    /// Presses and lets go of the control with this label, as soon as it can be used;
    /// a long page is looked through for it.
    pub fn touch(&mut self, label: &str) {
        if self.keypad.is_some() {
            return self.choose(label);
        }
        let given_up = Instant::now() + PATIENCE;
        let looked_at = Instant::now() + Duration::from_millis(500);
        loop {
            self.view();
            if let Some(turn) = dock::finger::turn_towards(&self.window, label) {
                self.touch_at(turn);
            } else if let Some(place) = dock::finger::locate(&self.window, label) {
                return self.touch_at(place);
            } else if Instant::now() > looked_at
                && let Some(turn) = dock::finger::turn_on(&self.window)
            {
                self.touch_at(turn);
            }
            if Instant::now() > given_up {
                let there = dock::finger::labels(&self.window);
                let past = &self.past;
                panic!("nothing to touch is called {label:?}; there are {there:?} after {past:?}");
            }
            self.look(Duration::from_millis(50));
        }
    }

    fn touch_at(&self, (x, y): (f32, f32)) {
        let (position, button) = (LogicalPosition::new(x, y), PointerEventButton::Left);
        for event in [
            WindowEvent::PointerMoved { position },
            WindowEvent::PointerPressed { position, button },
            WindowEvent::PointerReleased { position, button },
            WindowEvent::PointerExited,
        ] {
            self.window.window().dispatch_event(event);
            mock_elapsed_time(Duration::from_millis(60));
        }
    }

    pub fn touch_all<'a>(&mut self, labels: impl IntoIterator<Item = &'a str>) {
        labels.into_iter().for_each(|label| self.touch(label));
    }

    pub fn insert_card(&mut self, person: Person) {
        self.bench
            .card_reader
            .with(|reader| reader.insert(person, Instant::now()));
    }

    pub fn pull_card(&mut self) {
        self.bench.card_reader.with(|reader| reader.pull());
    }

    /// All that the journal says, by request, oldest first.
    pub fn journal(&self) -> Vec<(ServiceRequest, Vec<RequestEvent>)> {
        let journal = self.open_journal();
        let ids = journal.requests().unwrap();
        ids.into_iter()
            .map(|id| {
                let events = journal.events(&id).unwrap();
                (ServiceRequest::replay(id, &events).unwrap(), events)
            })
            .collect()
    }

    /// The journal's file, beside the kiosk that writes it.
    pub fn open_journal(&self) -> Journal {
        let key = Key::read(&self.settings.key_file()).unwrap();
        Journal::open(&self.settings.journal, StationId::new(STATION), &key).unwrap()
    }

    /// Where the kiosk keeps editions of the catalogue.
    pub fn editions(&self) -> PathBuf {
        self.settings.journal.with_file_name("editions")
    }

    /// What technicians have made.
    pub fn reports(&self) -> Vec<PathBuf> {
        let folder = self.settings.journal.with_file_name("reports");
        let files = fs::read_dir(folder).into_iter().flatten();
        files.map(|it| it.unwrap().path()).collect()
    }

    /// The key that signs the journal's heads.
    pub fn journal_key(&self) -> PathBuf {
        self.settings.journal.with_file_name("journal-key.pem")
    }

    /// Looks into the journal until it is so.
    pub fn until(&self, wanted: &str, is_it: impl Fn(&Self) -> bool) {
        let given_up = Instant::now() + PATIENCE;
        while !is_it(self) {
            assert!(Instant::now() < given_up, "in vain waited until {wanted}");
            std::thread::yield_now();
        }
    }

    /// Whether the exchange has confirmed everything.
    pub fn outbox_is_empty(&self) -> bool {
        let journal = self.open_journal();
        let after = journal.acknowledged().unwrap();
        journal.pending(after, 1).unwrap().is_empty()
    }

    /// Waits until the cash devices take money: what comes before falls through.
    /// `false` when the screen asks for none any more.
    pub fn slot_opens(&mut self) -> bool {
        let given_up = Instant::now() + PATIENCE;
        loop {
            let cash = &self.bench.cash;
            if cash.with(|cash| cash.takes_coins() && cash.takes_notes()) {
                return true;
            }
            let asks = |view: &View| matches!(view.screen, Screen::Pay(_) | Screen::Working(_));
            if !self.shown.as_ref().is_some_and(asks) {
                return false;
            }
            assert!(Instant::now() < given_up, "the coin slot stays shut");
            self.look(Duration::from_millis(10));
        }
    }

    /// The newest request.
    pub fn request(&self) -> ServiceRequest {
        self.journal().pop().expect("a request was opened").0
    }

    /// Names (document numbers) and contents of all A4 sheets in the tray.
    pub fn sheets(&self) -> Vec<(String, Vec<u8>)> {
        self.bench.document_printer.printed().unwrap()
    }
}

impl Drop for Stand {
    fn drop(&mut self) {
        self.switch_off();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A whole `kiosk.toml`; `devices` is the part of it that finds the bench.
pub(crate) fn kiosk_settings(office: &Office, url: &str, devices: &str, folder: &Path) -> String {
    format!(
        "station = \"{STATION}\"\n\
         office = {{ ko = \"한빛시 가온구청\", en = \"Gaon-gu Office, Hanbit-si\" }}\n\
         place = {{ ko = \"가온구청 1층 민원실\", en = \"Gaon-gu Office, 1st floor\" }}\n\
         jurisdiction = \"41999\"\n\
         telephone = \"02-120\"\n\
         agents_at_screen = true\n\
         two_person_check = true\n\
         catalog = {:?}\n\
         journal = {:?}\n\
         [exchange]\nurl = {:?}\ncredentials = {:?}\n\n{}",
        office.catalog(),
        folder.join("journal.sqlite"),
        url,
        office.credentials(),
        devices,
    )
}
