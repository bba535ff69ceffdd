//! The biometric class: one finger is compared with one person's template, or a template is
//! made of it. Nobody is searched for.
//!
//! Images never leave the reader's side. A template does, to whoever asked for one; what the
//! reader's side knows of a finger is gone when [`BiometricEvent::DataCleared`] is told.

use privacy::Personal;

use crate::DeviceState;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BiometricOrder {
    /// Keep this template to compare with, until it is cleared or another one comes.
    Import(Template),
    /// Compare the next usable finger with what was imported.
    Match,
    /// Make a template of a finger.
    Read,
    /// Wait for no finger any more.
    Cancel,
    /// Forget template, images and minutiae.
    Clear,
}

/// What is known of a finger, as a finger minutiae record (ISO/IEC 19794-2:2005; `isoFmd` in
/// XFS4IoT). It is somebody's for life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(pub Personal<Vec<u8>>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BiometricEvent {
    Imported,
    /// What was to be imported cannot be compared with.
    ImportRefused(TemplateFault),
    /// The reader waits: somebody may put the finger on it.
    PresentSubject,
    SubjectDetected,
    /// What came was of no use, and the reader goes on waiting.
    Unusable(Feedback),
    /// So many of so many looks at the finger are done.
    Progress {
        done: u8,
        all: u8,
    },
    /// Enough was seen: the finger may go.
    RemoveSubject,
    SubjectRemoved,
    /// The end of a [`BiometricOrder::Match`].
    Compared(Verdict),
    /// The end of a [`BiometricOrder::Read`].
    Read(Template),
    /// The end of either, without a result.
    Failed(ReadFault),
    /// Nothing of any finger is left on the reader's side.
    DataCleared,
    Status(BiometricStatus),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Matched,
    /// It is another finger, or was seen too badly to be known again.
    NotMatched,
}

/// What to do better at the next try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feedback {
    TryAgain,
    /// Longer, or slower over a strip.
    TooShort,
    /// In the middle of the window.
    Center,
    /// Take the finger off first.
    LiftFirst,
    /// Dry, wet, or too little of it: few ridges are seen.
    Faint,
}

/// Why a template is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateFault {
    #[error("it is no finger minutiae record of 500 dpi (ISO/IEC 19794-2:2005)")]
    Unreadable,
    #[error("this reader cannot compare with it")]
    Unsuited,
    #[error("the reader does not work just now")]
    NotReady,
}

/// Why a finger was neither compared nor read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadFault {
    #[error("no usable finger came in time")]
    TimedOut,
    #[error("there is nothing to compare with")]
    NoReference,
    #[error("the reader broke off")]
    Interrupted,
    #[error("the reader did not answer and was started anew")]
    NoAnswer,
    #[error("the reader does not work just now")]
    NotReady,
    #[error("this reader cannot do it")]
    Unsupported,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BiometricStatus {
    pub state: DeviceState,
    pub fault: Option<BiometricFault>,
}

/// What is wrong with the reader itself, and what helps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BiometricFault {
    #[error("the reader's program does not run: install minwon-fingerprint beside the kiosk")]
    Offline,
    #[error("no such reader is plugged in, or more than one: see to its cable")]
    NoReader,
    #[error("libfprint is not installed: install the package libfprint-2-2")]
    NoLibrary,
    #[error("the reader cannot be opened: end what else uses it, allow it to the kiosk")]
    Shut,
    #[error("the reader does not answer: unplug it and plug it in again")]
    NoAnswer,
}

impl TemplateFault {
    /// The code a technician finds in the manual.
    pub fn code(self) -> &'static str {
        match self {
            TemplateFault::Unreadable => "BIO-21",
            TemplateFault::Unsuited => "BIO-22",
            TemplateFault::NotReady => "BIO-23",
        }
    }
}

impl ReadFault {
    /// The code a technician finds in the manual.
    pub fn code(self) -> &'static str {
        match self {
            ReadFault::TimedOut => "BIO-11",
            ReadFault::NoReference => "BIO-12",
            ReadFault::Interrupted => "BIO-13",
            ReadFault::NoAnswer => "BIO-14",
            ReadFault::NotReady => "BIO-15",
            ReadFault::Unsupported => "BIO-16",
        }
    }
}

impl BiometricFault {
    /// The code a technician finds in the manual.
    pub fn code(self) -> &'static str {
        match self {
            BiometricFault::Offline => "BIO-01",
            BiometricFault::NoReader => "BIO-02",
            BiometricFault::NoLibrary => "BIO-03",
            BiometricFault::Shut => "BIO-04",
            BiometricFault::NoAnswer => "BIO-05",
        }
    }
}
