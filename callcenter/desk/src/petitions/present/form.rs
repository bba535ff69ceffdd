//! The form of something that is done with a letter besides answering it.

use catalog::WithholdingGround;
use privacy::Personal;
use request::Enclosure;
use ticket::in_groups;

use super::super::{
    Act, FileKind, OfficeFound, Other, Petitions,
    choosing::{Form, OFFICES_SHOWN},
    deciding::withholds,
    reading::Open,
};
use crate::Language;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormView {
    pub act: Act,
    pub offices: Vec<OfficeView>,
    /// Whether the exchange has said which fit what is sought.
    pub offices_known: bool,
    /// So many more would fit what is sought.
    pub more_offices: usize,
    pub others: Vec<OtherView>,
    pub files: Vec<FileView>,
    /// On which the law lets withhold, where some is withheld.
    pub grounds: Vec<GroundView>,
    pub chosen: Option<usize>,
    pub ground: Option<usize>,
    /// What stands of the reason already.
    pub reason: Personal<String>,
    /// The exchange is asked.
    pub doing: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroundView {
    pub clause: String,
    pub title: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeView {
    pub name: String,
    pub duties: String,
    pub telephone: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherView {
    /// Its receipt number, or what it is called here.
    pub number: String,
    pub subject: Personal<String>,
    pub percent: u32,
    pub same_person: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileView {
    pub name: Personal<String>,
    pub kind: FileKind,
    /// Rounded up.
    pub kilobytes: u64,
    pub kept: FilePlace,
}

/// Where a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilePlace {
    /// The exchange keeps it; it may be saved.
    Exchange,
    /// Only the mailbox that a letter came to has it.
    Mailbox,
    /// It lies at this desk.
    Saved(Personal<String>),
}

impl OtherView {
    pub(super) fn of(other: &Other) -> Self {
        let receipt = other.receipt.as_deref();
        Self {
            number: receipt.map_or_else(|| other.request.to_string(), in_groups),
            subject: other.subject.clone().unwrap_or_default(),
            percent: other.percent,
            same_person: other.same_person,
        }
    }
}

impl Petitions {
    pub(super) fn form_view(&self, open: &Open, language: Language) -> Option<FormView> {
        let form = open.form.as_ref()?;
        let letter = &open.letter;
        let in_all = form.offices.as_ref().map_or(0, Vec::len);
        let others: Vec<_> = match form.act {
            Act::Join => letter.like.iter().map(OtherView::of).collect(),
            Act::Separate => letter.leads_to.iter().map(OtherView::of).collect(),
            Act::HandOver | Act::Extend | Act::Files | Act::Decide => Vec::new(),
        };
        Some(FormView {
            act: form.act,
            offices: (form.offices_shown())
                .map(|it| office(it, language))
                .collect(),
            offices_known: form.offices.is_some(),
            more_offices: in_all.saturating_sub(OFFICES_SHOWN),
            others,
            files: match form.act {
                Act::Files => self.files(open),
                Act::HandOver | Act::Extend | Act::Join | Act::Separate | Act::Decide => Vec::new(),
            },
            grounds: self.ground_views(open, language),
            chosen: open.chosen_place(),
            ground: form.ground,
            reason: self.reason(open.request(), form.act),
            doing: self.is_under_way(form),
        })
    }

    /// None but where some is withheld.
    fn ground_views(&self, open: &Open, language: Language) -> Vec<GroundView> {
        let form = open.form.as_ref().filter(|it| it.act == Act::Decide);
        let decision = form.and_then(Form::decision);
        if !decision.is_some_and(withholds) {
            return Vec::new();
        }
        let grounds = self.grounds(&open.letter).iter();
        let view = |it: &WithholdingGround| GroundView {
            clause: language.of(&it.clause),
            title: language.of(&it.title),
        };
        grounds.map(view).collect()
    }

    /// Those that can be saved, then the others.
    fn files(&self, open: &Open) -> Vec<FileView> {
        let laid = open.letter.files.iter().map(|it| &it.enclosure);
        let laid = laid.map(|it| {
            let saved = self.saved.get(&it.sha256).cloned();
            file(it, saved.map_or(FilePlace::Exchange, FilePlace::Saved))
        });
        let by_mail = open.letter.enclosures.iter();
        laid.chain(by_mail.map(|it| file(it, FilePlace::Mailbox)))
            .collect()
    }
}

fn office(office: &OfficeFound, language: Language) -> OfficeView {
    let duties: Vec<String> = office.duties.iter().map(|it| language.of(it)).collect();
    OfficeView {
        name: language.of(&office.name),
        duties: duties.join(", "),
        telephone: office.telephone.clone(),
    }
}

fn file(enclosure: &Enclosure, kept: FilePlace) -> FileView {
    FileView {
        name: enclosure.name.clone(),
        kind: FileKind::of(&enclosure.media_type),
        kilobytes: enclosure.bytes.div_ceil(1_000),
        kept,
    }
}
