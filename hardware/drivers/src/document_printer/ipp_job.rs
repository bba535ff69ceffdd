//! The life of a print job, without I/O: questions go out, answers come in.
//!
//! A document is sent once. When it is not certain that the printer has it, the
//! printer's own job list is asked for the job's name before anything is said.
//! After a restart a job that is not in that list may have been forgotten: then
//! the printer's count of pages decides, and without one nobody knows.

mod resolving;

use std::{
    collections::VecDeque,
    sync::Arc,
    time::{Duration, Instant},
};

use devices::{
    DeviceState,
    document_printer::{DocumentPrinterEvent, DocumentPrinterOrder, PageCount},
    printer::{Evidence, JobId, PrinterFault, PrinterStatus, Supply},
};

use super::ipp_status::PrinterAttributes;

const POLL_IDLE: Duration = Duration::from_secs(2);
const POLL_BUSY: Duration = Duration::from_millis(300);
/// A tray is refilled and a jam cleared within this, or the citizen is let go.
const JOB_TIMEOUT: Duration = Duration::from_secs(45);
/// For what comes after a cancellation, or after a lost answer.
const LAST_WORD: Duration = Duration::from_secs(10);

#[derive(Clone, PartialEq, Eq)]
pub enum Question {
    PrinterAttributes,
    PrintJob { name: JobId, document: Arc<[u8]> },
    JobAttributes { id: i32 },
    FindJob { name: JobId },
    CancelJob { id: i32 },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Printer(PrinterAttributes),
    Submitted {
        id: i32,
    },
    /// The printer understood and will not.
    Refused,
    Job {
        id: i32,
        state: i32,
        sheets: u32,
    },
    /// The printer knows of no such job.
    NoJob,
    Canceled,
    /// No answer, or none that makes sense.
    Unreachable,
}

/// `job-state` (RFC 8011, 5.3.7).
const CANCELED: i32 = 7;
const ABORTED: i32 = 8;
const COMPLETED: i32 = 9;

struct Job {
    name: JobId,
    /// The printer's number for it, once that is known.
    id: Option<i32>,
    sheets: u32,
    due: Instant,
    canceling: bool,
    /// It ended without all of its sheets, and nobody has said why: so many came out.
    ended: Option<u32>,
    /// It was handed in before the station crashed, if at all.
    past: Option<Past>,
}

/// What is known of a job of before a crash.
struct Past {
    before: Option<PageCount>,
    /// The printer has no such job in its list.
    missing: bool,
}

pub(super) struct IppJobs {
    status: PrinterStatus,
    job: Option<Job>,
    /// The printer's count for life, if it has one.
    impressions: Option<u64>,
    /// The same, as it was told since the last job.
    told_impressions: Option<u64>,
    asked: bool,
    waiting: VecDeque<Question>,
    poll_at: Instant,
    told: VecDeque<DocumentPrinterEvent>,
}

impl IppJobs {
    pub(super) fn new(now: Instant) -> Self {
        let fault = Some(PrinterFault::Offline);
        Self {
            status: PrinterStatus {
                state: DeviceState::Absent,
                paper: Supply::Unknown,
                fault,
            },
            job: None,
            impressions: None,
            told_impressions: None,
            asked: false,
            waiting: VecDeque::new(),
            poll_at: now,
            told: VecDeque::new(),
        }
    }

    pub(super) fn order(&mut self, order: DocumentPrinterOrder, now: Instant) {
        match order {
            DocumentPrinterOrder::Print { job, document, .. } => self.print(job, document, now),
            DocumentPrinterOrder::Cancel { job } => self.cancel(&job, now),
            DocumentPrinterOrder::Resolve { job, before } => self.resolve(job, before, now),
        }
    }

    pub(super) fn answer(&mut self, answer: Answer, now: Instant) {
        self.asked = false;
        match answer {
            Answer::Printer(attributes) => {
                self.change(attributes.status());
                self.count(&attributes);
                self.say_why();
                self.compare_counts(&attributes);
            }
            Answer::Submitted { id } => self.accepted(id),
            Answer::Refused => self.refused(),
            Answer::Job { id, state, sheets } => self.job_is(id, state, sheets),
            Answer::NoJob => self.job_is_not_there(now),
            Answer::Canceled => {}
            Answer::Unreachable => self.unreachable(now),
        }
        let soon = if self.job.is_some() {
            POLL_BUSY
        } else {
            POLL_IDLE
        };
        self.poll_at = now + soon;
    }

    pub(super) fn handle_timeout(&mut self, now: Instant) {
        if self.job.as_ref().is_some_and(|job| job.due <= now) {
            self.overdue(now);
        }
        if !self.asked && self.poll_at <= now {
            match &self.job {
                Some(Job { id: Some(id), .. }) => {
                    self.waiting.push_back(Question::JobAttributes { id: *id });
                }
                Some(Job { id: None, name, .. }) if self.waiting.is_empty() => {
                    self.waiting
                        .push_back(Question::FindJob { name: name.clone() });
                }
                Some(_) | None => {}
            }
            self.waiting.push_back(Question::PrinterAttributes);
            self.poll_at = now + POLL_IDLE;
        }
    }

    /// One question at a time; the next when this one is answered.
    pub(super) fn poll_question(&mut self) -> Option<Question> {
        if self.asked {
            return None;
        }
        let question = self.waiting.pop_front();
        self.asked = question.is_some();
        question
    }

    pub(super) fn poll_told(&mut self) -> Option<DocumentPrinterEvent> {
        self.told.pop_front()
    }

    pub(super) fn poll_timeout(&self) -> Option<Instant> {
        let poll = (!self.asked).then_some(self.poll_at);
        [poll, self.job.as_ref().map(|job| job.due)]
            .into_iter()
            .flatten()
            .min()
    }

    fn print(&mut self, name: JobId, document: Arc<[u8]>, now: Instant) {
        let busy = self.job.is_some().then_some(PrinterFault::Refused);
        if let Some(fault) = busy.or(self.status.fault) {
            self.told
                .push_back(DocumentPrinterEvent::NotPrinted { job: name, fault });
            return;
        }
        self.waiting.push_front(Question::PrintJob {
            name: name.clone(),
            document,
        });
        self.told_impressions = None;
        self.begin(name, now + JOB_TIMEOUT);
    }

    fn begin(&mut self, name: JobId, due: Instant) {
        self.job = Some(Job {
            name,
            id: None,
            sheets: 0,
            due,
            canceling: false,
            ended: None,
            past: None,
        });
    }

    fn cancel(&mut self, name: &JobId, now: Instant) {
        let Some(job) = self.job.as_mut().filter(|job| job.name == *name) else {
            return;
        };
        job.canceling = true;
        job.due = now + LAST_WORD;
        if let Some(id) = job.id {
            self.waiting.push_back(Question::CancelJob { id });
        }
    }

    fn overdue(&mut self, now: Instant) {
        let fault = self.status.fault.unwrap_or(PrinterFault::Silent);
        if self.nothing_was_printed() {
            self.finish(|job| DocumentPrinterEvent::NotPrinted { job, fault });
            return;
        }
        let Some(job) = &self.job else {
            return;
        };
        if job.canceling || job.id.is_none() {
            self.finish(|job| DocumentPrinterEvent::Unknown { job, fault });
        } else {
            let name = job.name.clone();
            self.cancel(&name, now);
        }
    }

    fn accepted(&mut self, id: i32) {
        if let Some(job) = &mut self.job {
            job.id = Some(id);
            self.told.push_back(DocumentPrinterEvent::Accepted {
                job: job.name.clone(),
            });
        }
    }

    /// Refusals concern the job only when it was just handed in.
    fn refused(&mut self) {
        if self.job.as_ref().is_some_and(|job| job.id.is_none()) {
            let fault = PrinterFault::Refused;
            self.finish(|job| DocumentPrinterEvent::NotPrinted { job, fault });
        }
    }

    fn job_is(&mut self, id: i32, state: i32, sheets: u32) {
        let Some(job) = &mut self.job else {
            return;
        };
        job.id = Some(id);
        match state {
            COMPLETED => {
                let evidence = Evidence::IppCompleted { job_id: id, sheets };
                self.finish(|job| DocumentPrinterEvent::Printed { job, evidence });
            }
            CANCELED | ABORTED => {
                job.ended = Some(sheets);
                if self.status.fault.is_some() {
                    self.say_why();
                } else {
                    // A jam aborts the job first and shows on the printer then.
                    self.waiting.push_front(Question::PrinterAttributes);
                }
            }
            _ if sheets > job.sheets => {
                job.sheets = sheets;
                let job = job.name.clone();
                self.told
                    .push_back(DocumentPrinterEvent::Printing { job, sheets });
            }
            _ => {}
        }
    }

    /// Ends a job that was cut short, now that the printer's own state is known.
    fn say_why(&mut self) {
        let fault = self.status.fault.unwrap_or(PrinterFault::Refused);
        match self.job.as_ref().and_then(|job| job.ended) {
            Some(0) => self.finish(|job| DocumentPrinterEvent::NotPrinted { job, fault }),
            Some(_) => self.finish(|job| DocumentPrinterEvent::Unknown { job, fault }),
            None => {}
        }
    }

    fn job_is_not_there(&mut self, now: Instant) {
        match &self.job {
            Some(Job {
                id: None,
                past: Some(_),
                ..
            }) => self.past_job_is_missing(now),
            // It had been there: the printer has forgotten how it ended.
            Some(Job { id: Some(_), .. }) => {
                let fault = PrinterFault::Silent;
                self.finish(|job| DocumentPrinterEvent::Unknown { job, fault });
            }
            // It never arrived.
            Some(Job { id: None, .. }) => {
                let fault = self.status.fault.unwrap_or(PrinterFault::Offline);
                self.finish(|job| DocumentPrinterEvent::NotPrinted { job, fault });
            }
            None => {}
        }
    }

    fn unreachable(&mut self, now: Instant) {
        self.waiting.clear();
        if let Some(job) = self.job.as_mut().filter(|job| job.id.is_none()) {
            // Whether it arrived is asked until the printer answers again.
            job.due = job.due.min(now + LAST_WORD);
        }
        let fault = Some(PrinterFault::Offline);
        self.change(PrinterStatus {
            state: DeviceState::Absent,
            paper: Supply::Unknown,
            fault,
        });
        self.say_why();
    }

    fn finish(&mut self, event: impl FnOnce(JobId) -> DocumentPrinterEvent) {
        if let Some(job) = self.job.take() {
            self.told.push_back(event(job.name));
        }
    }

    fn change(&mut self, status: PrinterStatus) {
        if status != self.status {
            self.status = status.clone();
            self.told.push_back(DocumentPrinterEvent::Status(status));
        }
    }
}

#[cfg(test)]
mod tests;
