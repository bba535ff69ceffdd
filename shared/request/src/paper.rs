//! The papers of one request. Law: `issued ≤ sheets ≤ begun`.

use crate::{DocumentNumber, DocumentReference, RequestEvent};

/// Every prepared document and what became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paper {
    pub documents: Vec<(DocumentReference, PaperState)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperState {
    Ready,
    /// Ordered from the printer; a sheet may exist.
    Begun,
    Issued,
    Spoiled,
}

impl Paper {
    pub fn state(&self, number: &DocumentNumber) -> Option<PaperState> {
        self.documents
            .iter()
            .find(|(document, _)| document.number == *number)
            .map(|(_, state)| *state)
    }

    pub fn count(&self, wanted: PaperState) -> usize {
        self.documents
            .iter()
            .filter(|(_, state)| *state == wanted)
            .count()
    }

    /// The next document to print.
    pub fn next_ready(&self) -> Option<&DocumentReference> {
        self.documents
            .iter()
            .find(|(_, state)| *state == PaperState::Ready)
            .map(|(document, _)| document)
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "only the paper events count here"
    )]
    pub(crate) fn apply(&mut self, event: &RequestEvent) {
        match event {
            RequestEvent::Prepared { documents } => {
                for document in documents {
                    // Said twice, it is still one paper.
                    if self.state(&document.number).is_none() {
                        self.documents.push((document.clone(), PaperState::Ready));
                    }
                }
            }
            RequestEvent::IssueBegun { number } => self.set(number, PaperState::Begun),
            RequestEvent::Issued { number } => self.set(number, PaperState::Issued),
            RequestEvent::Spoiled { number, .. } => self.set(number, PaperState::Spoiled),
            _ => {}
        }
    }

    fn set(&mut self, number: &DocumentNumber, to: PaperState) {
        for (document, state) in &mut self.documents {
            if document.number == *number {
                *state = to;
            }
        }
    }
}
