//! A camera that gives pictures over HTTP, one replacing the other, seen from the wire.

mod view;

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use crate::{Twin, model::Dice, socket::Called};

/// Where it gives its pictures; anything else is not found.
pub const PATH: &str = "/video";

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    #[default]
    Well,
    /// Its network is: a picture takes seconds.
    Slow,
    /// Takes the connection and says nothing.
    Dead,
    /// Gives a page for people instead.
    Page,
    /// Says of each picture that it is shorter than it is.
    Miscounting,
    /// Separates pictures by another boundary than it announced.
    Unbounded,
    /// What it sends as pictures is noise.
    Garbage,
    /// The line breaks in the middle of every picture.
    CutOff,
    /// Pictures as fast as the line carries them.
    Flood,
    /// Its picture has no end.
    Endless,
}

/// How it frames its pictures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Manner {
    /// Says before each how long it is.
    #[default]
    Counted,
    /// A picture ends where the next boundary is.
    Uncounted,
    /// All of it in chunks (RFC 9112, 7.1), which end anywhere.
    Chunked,
}

const PACE: Duration = Duration::from_millis(100);
/// Between two pictures of a flood.
const FLOOD: Duration = Duration::from_millis(4);
/// Pieces of one that is slow.
const SLOW_PIECE: usize = 512;
const SLOW: Duration = Duration::from_millis(150);
const ENDLESS_PIECE: usize = 32 << 10;
const QUESTION_MAX: usize = 8 << 10;
const BOUNDARY: &str = "bench-camera";

pub struct Camera {
    mood: Mood,
    manner: Manner,
    /// What stands before it, as JPEG.
    view: Vec<u8>,
    question: Vec<u8>,
    /// The next picture is due.
    picture_at: Option<Instant>,
    unsent: VecDeque<(Instant, Vec<u8>)>,
    wire: VecDeque<Vec<u8>>,
    hangs_up: bool,
    /// A picture of this answer has been sent.
    begun: bool,
    sent: u32,
    dice: Dice,
}

impl Default for Camera {
    fn default() -> Self {
        Self {
            mood: Mood::Well,
            manner: Manner::Counted,
            view: view::empty(),
            question: Vec::new(),
            picture_at: None,
            unsent: VecDeque::new(),
            wire: VecDeque::new(),
            hangs_up: false,
            begun: false,
            sent: 0,
            dice: Dice::new(5),
        }
    }
}

impl Camera {
    pub fn set_mood(&mut self, mood: Mood) {
        self.mood = mood;
    }

    pub fn set_manner(&mut self, manner: Manner) {
        self.manner = manner;
    }

    /// Somebody holds a paper with this QR code before it, until it is taken away.
    pub fn hold(&mut self, code: &str) {
        self.view = view::paper(code);
    }

    pub fn take_away(&mut self) {
        self.view = view::empty();
    }

    /// What it sees from now on, as JPEG.
    pub fn see(&mut self, jpeg: Vec<u8>) {
        self.view = jpeg;
    }

    /// What it sees now, as JPEG.
    pub fn view(&self) -> &[u8] {
        &self.view
    }

    /// Pictures that it has sent.
    pub fn sent(&self) -> u32 {
        self.sent
    }

    /// Whether somebody is given pictures now.
    pub fn is_watched(&self) -> bool {
        self.picture_at.is_some()
    }

    fn answer(&mut self, now: Instant) {
        let asked = format!("GET {PATH} HTTP/1.");
        if !self.question.starts_with(asked.as_bytes()) {
            self.close("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        } else if self.mood == Mood::Page {
            let page = "<html><body>Camera</body></html>";
            self.close(&format!(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n{page}",
                page.len()
            ));
        } else {
            let chunked = match self.manner {
                Manner::Chunked => "Transfer-Encoding: chunked\r\n",
                Manner::Counted | Manner::Uncounted => "",
            };
            self.wire.push_back(
                format!(
                    "HTTP/1.1 200 OK\r\nServer: bench\r\nCache-Control: no-cache\r\n\
                     Content-Type: multipart/x-mixed-replace; boundary={BOUNDARY}\r\n\
                     {chunked}\r\n"
                )
                .into_bytes(),
            );
            self.begun = false;
            self.picture_at = Some(now);
        }
    }

    fn close(&mut self, answer: &str) {
        self.wire.push_back(answer.as_bytes().to_vec());
        self.hangs_up = true;
    }

    /// Sends one picture, or what its mood makes of it.
    fn shoot(&mut self, now: Instant) {
        let mut picture = self.view.clone();
        if self.mood == Mood::Garbage {
            picture = self.noise(picture.len());
        }
        let mut announced = picture.len();
        if self.mood == Mood::Miscounting {
            announced /= 2;
        }
        let boundary = if self.mood == Mood::Unbounded {
            "another-camera"
        } else {
            BOUNDARY
        };
        let mut said = Vec::new();
        let first = !std::mem::replace(&mut self.begun, true);
        if first || self.manner != Manner::Uncounted {
            said.extend(format!("--{boundary}\r\n").bytes());
        }
        said.extend(b"Content-Type: image/jpeg\r\n");
        if self.manner == Manner::Uncounted || self.mood == Mood::Endless {
            said.extend(b"\r\n");
        } else {
            said.extend(format!("Content-Length: {announced}\r\n\r\n").bytes());
        }
        said.extend(picture);
        said.extend(b"\r\n");
        if self.manner == Manner::Uncounted {
            said.extend(format!("--{boundary}\r\n").bytes());
        }
        if matches!(self.mood, Mood::CutOff | Mood::Endless) {
            said.truncate(said.len() / 2);
            self.hangs_up = self.mood == Mood::CutOff;
        } else {
            self.sent += 1;
        }
        self.say(&said, now);
    }

    fn noise(&mut self, length: usize) -> Vec<u8> {
        (0..length)
            .map(|_| u8::try_from(self.dice.below(256)).unwrap_or_default())
            .collect()
    }

    fn say(&mut self, bytes: &[u8], now: Instant) {
        let coded = match self.manner {
            Manner::Counted | Manner::Uncounted => bytes.to_vec(),
            Manner::Chunked => bytes
                .chunks(1000)
                .flat_map(|chunk| {
                    let size = format!("{:x}\r\n", chunk.len()).into_bytes();
                    [&size, chunk, b"\r\n"].concat()
                })
                .collect(),
        };
        let mut at = now;
        if self.mood != Mood::Slow {
            self.unsent.push_back((at, coded));
            return;
        }
        for piece in coded.chunks(SLOW_PIECE) {
            self.unsent.push_back((at, piece.to_vec()));
            at += SLOW;
        }
    }

    fn go_on(&mut self, now: Instant) {
        if self.mood == Mood::Dead {
            self.unsent.clear();
            self.picture_at = None;
            return;
        }
        if self.picture_at.is_some_and(|at| at <= now) && self.unsent.is_empty() {
            if self.mood == Mood::Endless && self.begun {
                let noise = self.noise(ENDLESS_PIECE);
                self.say(&noise, now);
            } else {
                self.shoot(now);
            }
            let hurries = matches!(self.mood, Mood::Flood | Mood::Endless);
            self.picture_at = Some(now + if hurries { FLOOD } else { PACE });
        }
        let due = self.unsent.iter().take_while(|(at, _)| *at <= now).count();
        let due = self.unsent.drain(..due);
        self.wire.extend(due.map(|(_, bytes)| bytes));
    }
}

impl Twin for Camera {
    fn receive(&mut self, bytes: &[u8], now: Instant) {
        self.question.extend_from_slice(bytes);
        let whole = self.question.windows(4).any(|it| it == b"\r\n\r\n");
        if whole && self.mood != Mood::Dead {
            self.answer(now);
        }
        if whole || self.question.len() > QUESTION_MAX {
            self.question.clear();
        }
        self.go_on(now);
    }

    fn handle_timeout(&mut self, now: Instant) {
        self.go_on(now);
    }

    fn poll_wire(&mut self) -> Option<Vec<u8>> {
        self.wire.pop_front()
    }

    fn poll_timeout(&self) -> Option<Instant> {
        let unsent = self.unsent.front().map(|(at, _)| *at);
        unsent.or(self.picture_at)
    }
}

impl Called for Camera {
    fn hangs_up(&mut self) -> bool {
        self.wire.is_empty() && std::mem::take(&mut self.hangs_up)
    }

    fn hung_up(&mut self) {
        self.question.clear();
        self.picture_at = None;
        self.unsent.clear();
        self.wire.clear();
        self.hangs_up = false;
        self.begun = false;
    }
}
