//! One program before the same finger and the same eyes.

use std::{
    fs,
    path::PathBuf,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use tests::desktop::{Desktop, Process};

use crate::{
    eyes::{Eyes, Point},
    finger::Finger,
    processes::{family, weight, worked},
};

pub(crate) const WIDTH: u32 = 1080;
pub(crate) const HEIGHT: u32 = 1920;
const STARTS: usize = 7;
const ROUNDS: usize = 100;
const IDLE: Duration = Duration::from_secs(10);
/// The screen is looked at so often.
const LOOK: Duration = Duration::from_micros(100);
/// A program that has not drawn by then has failed.
const PATIENCE: Duration = Duration::from_secs(60);
/// Nothing has changed for so long: it rests.
const REST: Duration = Duration::from_millis(700);
/// As long a finger stays on a button, and away from it.
const TOUCH: Duration = Duration::from_millis(80);
/// Between the middle of a button and the place where its colour is looked at.
const ASIDE: u32 = 36;
/// Around the pointer nothing is looked at: it may look different itself.
const POINTER: u32 = 48;
const PROBES: usize = 40;
/// Of the button that starts.
const PRIMARY: u32 = 0x25_6e_f4;

/// The middles of the two buttons that lead from one screen to the other.
#[derive(Clone, Copy)]
pub(crate) struct Places {
    pub(crate) start: (f32, f32),
    pub(crate) home: (f32, f32),
}

/// What was measured.
pub(crate) struct Figures {
    pub(crate) first_frame: Vec<Duration>,
    pub(crate) touch: Vec<Duration>,
    pub(crate) transition: Vec<Duration>,
    /// Processor time, of one processor, in percent.
    pub(crate) idle: f64,
    pub(crate) weight_kib: u64,
    pub(crate) processes: usize,
}

pub(crate) struct Trial {
    eyes: Eyes,
    finger: Finger,
    places: Places,
    /// Where pictures of the two screens go, or of what was not as it should be.
    pictures: PathBuf,
}

impl Trial {
    pub(crate) fn new(desktop: &Desktop, places: Places, pictures: PathBuf) -> Self {
        Self {
            pictures,
            eyes: Eyes::open(desktop.pixels()),
            finger: Finger::of(&desktop.display),
            places,
        }
    }

    pub(crate) fn run(&self, program: impl Fn() -> Command) -> Figures {
        // The first start finds nothing in the machine's memory.
        drop(self.start(&program));
        let first_frame = (0..STARTS).map(|_| self.start(&program).1).collect();
        let (running, _) = self.start(&program);
        let welcome = self.at_rest();
        self.save("welcome");
        let root = running.0.id();

        let (before, began) = (worked(&family(root)), Instant::now());
        std::thread::sleep(IDLE);
        let spent = worked(&family(root)).saturating_sub(before);
        let idle = spent.as_secs_f64() / began.elapsed().as_secs_f64() * 100.0;

        let (touch, transition) = self.rounds(&welcome);
        let family = family(root);
        Figures {
            first_frame,
            touch,
            transition,
            idle,
            weight_kib: weight(&family),
            processes: family.len(),
        }
    }

    /// From the program's start until its button stands on the screen.
    fn start(&self, program: &impl Fn() -> Command) -> (Process, Duration) {
        let probe = aside(self.places.start);
        self.until("the screen is empty", || self.eyes.pixel(probe) != PRIMARY);
        let mut command = program();
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let began = Instant::now();
        let running = Process(command.spawn().unwrap());
        self.until("the first frame", || self.eyes.pixel(probe) == PRIMARY);
        (running, began.elapsed())
    }

    /// There and back again.
    fn rounds(&self, welcome: &[(Point, u32)]) -> (Vec<Duration>, Vec<Duration>) {
        let Places { start, home } = self.places;
        self.tap(start);
        let find = self.at_rest();
        self.save("find");
        self.tap(home);
        self.at_rest();
        let differ = welcome.iter().zip(&find).filter(|((at, was), (_, is))| {
            was != is && [start, home].iter().all(|place| is_far(*at, *place))
        });
        let differ: Vec<_> = differ
            .map(|((at, was), (_, is))| (*at, *was, *is))
            .collect();
        assert!(differ.len() > PROBES, "the two screens look alike");
        let probes: Vec<_> = differ.iter().step_by(differ.len() / PROBES).collect();

        let (mut touches, mut transitions) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            for (button, forth) in [(start, true), (home, false)] {
                self.finger.point_at(button);
                std::thread::sleep(TOUCH);
                let probe = aside(button);
                let at_rest = self.eyes.pixel(probe);
                let began = Instant::now();
                self.finger.down();
                self.until("a pressed button", || self.eyes.pixel(probe) != at_rest);
                touches.push(began.elapsed());
                std::thread::sleep(TOUCH);

                let began = Instant::now();
                self.finger.up();
                self.until("the other screen", || {
                    let there = |(at, was, is): &&(Point, u32, u32)| {
                        self.eyes.pixel(*at) == if forth { *is } else { *was }
                    };
                    probes.iter().all(there)
                });
                transitions.push(began.elapsed());
                std::thread::sleep(TOUCH);
            }
        }
        (touches, transitions)
    }

    fn tap(&self, place: (f32, f32)) {
        self.finger.point_at(place);
        std::thread::sleep(TOUCH);
        self.finger.down();
        std::thread::sleep(TOUCH);
        self.finger.up();
    }

    /// The screen when nothing on it has changed for a while.
    fn at_rest(&self) -> Vec<(Point, u32)> {
        let (mut seen, mut since) = (self.eyes.glance(12), Instant::now());
        let given_up = since + PATIENCE;
        while since.elapsed() < REST {
            std::thread::sleep(Duration::from_millis(20));
            let now = self.eyes.glance(12);
            if now != seen {
                (seen, since) = (now, Instant::now());
            }
            assert!(Instant::now() < given_up, "the screen never rests");
        }
        seen
    }

    fn save(&self, name: &str) {
        fs::create_dir_all(&self.pictures).unwrap();
        self.eyes
            .save(&self.pictures.join(name).with_extension("png"));
    }

    fn until(&self, wanted: &str, is_it: impl Fn() -> bool) {
        let given_up = Instant::now() + PATIENCE;
        while !is_it() {
            if Instant::now() > given_up {
                self.save("waited-in-vain");
                panic!(
                    "waited in vain for {wanted}; see {}",
                    self.pictures.display()
                );
            }
            std::thread::sleep(LOOK);
        }
    }
}

/// On the button beside its words.
fn aside((x, y): (f32, f32)) -> Point {
    (x as u32, y as u32 - ASIDE)
}

fn is_far((x, y): Point, place: (f32, f32)) -> bool {
    x.abs_diff(place.0 as u32) > POINTER || y.abs_diff(place.1 as u32) > POINTER
}
