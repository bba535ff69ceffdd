//! Does what is asked, one thing after the other, and says how it goes.

use std::{
    cell::Cell,
    fs::File,
    io::{self, Write},
    process,
    rc::Rc,
    sync::OnceLock,
};

use fingerprint::{Answer, Errand, Failure, Hint, Question, Views};

use crate::{
    library::{FingerStatus, Looked, Print, Reader, Stopped, Trouble},
    listening::{Listening, Place, is_cancelled},
};

/// A print with fewer minutiae is no evidence against anybody: ISO/IEC 19794-2 asks a card
/// for twelve.
const EVIDENCE_MIN: usize = 12;
/// What a template is made of; fewer are compared with in vain.
const TEMPLATE_MIN: usize = 12;

pub(crate) struct Attendant {
    reader: Reader,
    reference: Option<Print>,
    /// Whose finger is looked at.
    errand: Rc<Cell<Errand>>,
}

/// Where answers go.
static OUTPUT: OnceLock<File> = OnceLock::new();

/// Keeps the standard output for answers: GLib writes what it has to say of itself there,
/// and from now on to the standard error.
pub(crate) fn keep_output() -> io::Result<()> {
    let output = nix::unistd::dup(io::stdout())?;
    nix::unistd::dup2_stdout(io::stderr())?;
    let _ = OUTPUT.set(File::from(output));
    Ok(())
}

/// Tells the kiosk; without one there is nothing to do any more.
pub(crate) fn answer(answer: &Answer) {
    let written = OUTPUT.get().map(|mut it| it.write_all(&answer.to_frame()));
    if !matches!(written, Some(Ok(()))) {
        process::exit(0);
    }
}

impl Attendant {
    pub(crate) fn new(reader: Reader) -> Self {
        let errand = Rc::new(Cell::new(0));
        let mut before = FingerStatus::default();
        let asked = Rc::clone(&errand);
        reader.on_finger(move |now| {
            let errand = asked.get();
            if now.needed && !before.needed {
                answer(&Answer::Wanted(errand));
            }
            if now.present != before.present {
                answer(&if now.present {
                    Answer::Detected(errand)
                } else {
                    Answer::Lifted(errand)
                });
            }
            before = now;
        });
        Self {
            reader,
            reference: None,
            errand,
        }
    }

    /// Until the reader is gone.
    pub(crate) fn attend(&mut self, listening: &mut Listening) {
        while !self.reader.is_gone() {
            match listening.next() {
                None => self.reader.wait(),
                Some((_, Question::Import(record))) => self.import(&record),
                Some((place, Question::Match(errand))) => self.compare(place, errand),
                Some((place, Question::Read(errand))) => self.read(place, errand),
                Some((_, Question::Cancel | Question::End)) => {}
            }
        }
    }

    fn import(&mut self, record: &[u8]) {
        let views = Views::from_record(record).ok();
        let fp3 = views.map(|views| views.to_fp3(&self.reader.maker()));
        self.reference = fp3.and_then(|fp3| self.reader.print(&fp3));
        answer(&match self.reference {
            Some(_) => Answer::Imported,
            None => Answer::Refused,
        });
    }

    /// Looks until a usable finger came or none is wanted any more.
    fn compare(&mut self, place: Place, errand: Errand) {
        self.errand.set(errand);
        let Some(reference) = &self.reference else {
            answer(&Answer::Failed(errand, Failure::NoReference));
            return;
        };
        while !is_cancelled(place) {
            let mut result = None;
            let ended = self.reader.verify(reference, place, &mut |looked| {
                let told = match looked {
                    Looked::Compared { alike: true, .. } => Answer::Matched(errand),
                    Looked::Compared {
                        minutiae: ..EVIDENCE_MIN,
                        ..
                    } => Answer::Unusable(errand, Hint::Faint),
                    Looked::Compared { .. } => Answer::NotMatched(errand),
                    Looked::Unusable(hint) => Answer::Unusable(errand, hint),
                };
                answer(&told);
                result = Some(told);
            });
            match (result, ended) {
                (Some(Answer::Matched(_) | Answer::NotMatched(_)), _) => return,
                (None, Err(stopped)) => {
                    if tell(errand, stopped) {
                        return;
                    }
                }
                (Some(_), _) | (None, Ok(())) => {}
            }
        }
        answer(&Answer::Cancelled(errand));
    }

    fn read(&mut self, place: Place, errand: Errand) {
        self.errand.set(errand);
        while !is_cancelled(place) {
            let all = self.reader.stages();
            let enrolled = self.reader.enroll(place, &mut |done, hint| {
                answer(&match hint {
                    Some(hint) => Answer::Unusable(errand, hint),
                    None => Answer::Stage(errand, done, all),
                });
            });
            match enrolled.map(|fp3| Views::from_fp3(&fp3)) {
                Ok(Ok(views)) if views.iter().all(|view| view.len() >= TEMPLATE_MIN) => {
                    answer(&Answer::Template(errand, views.to_record()));
                    return;
                }
                Ok(Ok(_)) => answer(&Answer::Unusable(errand, Hint::Faint)),
                Ok(Err(_)) => {
                    answer(&Answer::Failed(errand, Failure::Unsupported));
                    return;
                }
                Err(stopped) => {
                    if tell(errand, stopped) {
                        return;
                    }
                }
            }
        }
        answer(&Answer::Cancelled(errand));
    }
}

/// Tells why libfprint stopped; whether that is the end.
fn tell(errand: Errand, stopped: Stopped) -> bool {
    match stopped {
        Stopped::Unusable(hint) => {
            answer(&Answer::Unusable(errand, hint));
            false
        }
        Stopped::Cancelled => {
            answer(&Answer::Cancelled(errand));
            true
        }
        Stopped::Trouble(Trouble::Unsupported) => {
            answer(&Answer::Failed(errand, Failure::Unsupported));
            true
        }
        Stopped::Trouble(Trouble::Device) => {
            answer(&Answer::Failed(errand, Failure::Device));
            true
        }
    }
}
