//! The document printer: what really lies in its tray, what it has in its list and
//! what it has counted.

use std::collections::{BTreeMap, BTreeSet};

use devices::{
    document_printer::{DocumentPrinterEvent, DocumentPrinterOrder, PageCount},
    printer::{Evidence, JobId, PrinterFault},
};

use super::{Ahead, Change, Next, PrinterMood, Told, millis};

/// Sides a printer has printed before the town begins.
const IMPRESSIONS: u64 = 1_000_000;

pub struct DocumentPrinter {
    pub mood: PrinterMood,
    /// Numbers of the sheets that came out, ever.
    pub sheets: Vec<String>,
    /// Numbers of the jobs it was ever given, in their order.
    pub ordered: Vec<String>,
    /// Its list: what became of each job, if that is known already.
    jobs: BTreeMap<String, Option<DocumentPrinterEvent>>,
    /// Its count for life.
    impressions: u64,
    /// Jobs its driver follows to their end.
    followed: BTreeSet<String>,
}

impl Default for DocumentPrinter {
    fn default() -> Self {
        Self {
            mood: PrinterMood::Well,
            sheets: Vec::new(),
            ordered: Vec::new(),
            jobs: BTreeMap::new(),
            impressions: IMPRESSIONS,
            followed: BTreeSet::new(),
        }
    }
}

impl DocumentPrinter {
    pub fn status(&self) -> Told {
        Told::DocumentPrinter(DocumentPrinterEvent::Status(self.mood.status()))
    }

    /// Its count, which it tells while it has nothing to do.
    pub fn counted(&self) -> Option<Told> {
        let impressions = self.impressions;
        let counted = DocumentPrinterEvent::Counted { impressions };
        self.rests().then_some(Told::DocumentPrinter(counted))
    }

    pub fn order(&mut self, order: &DocumentPrinterOrder) -> Ahead {
        let job = match order {
            DocumentPrinterOrder::Print { job, .. } => job,
            DocumentPrinterOrder::Cancel { .. } => return Vec::new(),
            DocumentPrinterOrder::Resolve { job, before } => {
                return self.resolve(job.clone(), *before);
            }
        };
        self.ordered.push(job.as_str().to_owned());
        self.jobs.insert(job.as_str().to_owned(), None);
        self.followed.insert(job.as_str().to_owned());
        let accepted = DocumentPrinterEvent::Accepted { job: job.clone() };
        let mut ahead = vec![(millis(200), Next::Told(Told::DocumentPrinter(accepted)))];
        let after = match self.mood {
            PrinterMood::Late => 200_000,
            PrinterMood::Well
            | PrinterMood::Stutters
            | PrinterMood::Forgetful
            | PrinterMood::Miscounts
            | PrinterMood::Confused => 4_000,
            _ => 10_000,
        };
        ahead.push((millis(after), Next::Changed(Change::Sheet(job.clone()))));
        ahead
    }

    pub fn print(&mut self, job: &JobId) -> Ahead {
        let (job, mood) = (job.clone(), self.mood);
        let sheet = match mood {
            PrinterMood::Well
            | PrinterMood::Stutters
            | PrinterMood::Late
            | PrinterMood::Forgetful
            | PrinterMood::Miscounts
            | PrinterMood::Confused => true,
            PrinterMood::Jammed { sheet } | PrinterMood::Silent { sheet } => sheet,
            PrinterMood::OutOfPaper | PrinterMood::CoverOpen => false,
        };
        let name = job.as_str().to_owned();
        if sheet {
            self.sheets.push(name.clone());
            self.impressions += if mood == PrinterMood::Miscounts { 2 } else { 1 };
        }
        let told = match (mood, mood.fault()) {
            (PrinterMood::Jammed { .. }, Some(fault)) => {
                DocumentPrinterEvent::Unknown { job, fault }
            }
            (_, Some(fault)) => DocumentPrinterEvent::NotPrinted { job, fault },
            (_, None) if sheet => DocumentPrinterEvent::Printed {
                job,
                evidence: Evidence::Fence,
            },
            (_, None) => DocumentPrinterEvent::Unknown {
                job,
                fault: PrinterFault::Silent,
            },
        };
        self.jobs.insert(name.clone(), Some(told.clone()));
        if matches!(mood, PrinterMood::Forgetful | PrinterMood::Miscounts) {
            self.jobs.remove(&name);
        }
        if matches!(mood, PrinterMood::Silent { .. }) || !self.followed.remove(&name) {
            return Vec::new();
        }
        let mut ahead = self.tell(told);
        // Its driver asks for the count only after it was told of the job.
        ahead.extend(self.counted().map(|it| (millis(300), Next::Told(it))));
        ahead
    }

    fn tell(&self, told: DocumentPrinterEvent) -> Ahead {
        let times = if self.mood == PrinterMood::Stutters {
            2
        } else {
            1
        };
        let mut ahead = Ahead::new();
        if self.mood == PrinterMood::Confused {
            let another = DocumentPrinterEvent::Printed {
                job: JobId::new("2611-ANOTHER"),
                evidence: Evidence::Fence,
            };
            ahead.push((millis(0), Next::Told(Told::DocumentPrinter(another))));
        }
        ahead.extend(vec![
            (millis(0), Next::Told(Told::DocumentPrinter(told)));
            times
        ]);
        ahead
    }

    fn rests(&self) -> bool {
        self.jobs.values().all(Option::is_some)
    }
}

/// After a crash of its station.
impl DocumentPrinter {
    /// Another driver knows of no job that is under way.
    pub fn start_again(&mut self) {
        self.followed.clear();
    }

    /// A job that is under way is never done.
    pub fn lose(&mut self, job: &JobId) {
        self.jobs.remove(job.as_str());
    }

    /// Its list goes, and its count for life stays.
    pub fn lose_power(&mut self) {
        self.jobs.retain(|_, became| became.is_none());
    }

    /// Somebody has set its count back, to one that is no former one.
    pub fn reset_count(&mut self) {
        self.impressions /= 2;
    }

    fn resolve(&self, job: JobId, before: Option<PageCount>) -> Ahead {
        let after = match self.mood {
            PrinterMood::Silent { .. } => return Vec::new(),
            PrinterMood::Late => 200_000,
            _ => 300,
        };
        vec![(millis(after), Next::Changed(Change::LookUp { job, before }))]
    }

    pub fn look_up(&mut self, job: &JobId, before: Option<PageCount>) -> Ahead {
        match (self.jobs.get(job.as_str()), before) {
            (Some(None), _) => {
                self.followed.insert(job.as_str().to_owned());
                Vec::new()
            }
            (Some(Some(became)), _) => self.tell(became.clone()),
            (None, None) => self.tell(DocumentPrinterEvent::Unknown {
                job: job.clone(),
                fault: PrinterFault::Silent,
            }),
            (None, Some(before)) => {
                let job = job.clone();
                let compare = Change::Compare { job, before };
                vec![(millis(5_000), Next::Changed(compare))]
            }
        }
    }

    pub fn compare(&self, job: &JobId, before: PageCount) -> Ahead {
        let (job, after) = (job.clone(), self.impressions);
        let printed = before.impressions + u64::from(before.pages);
        let before = before.impressions;
        self.tell(if self.rests() && after == printed {
            let evidence = Evidence::Impressions { before, after };
            DocumentPrinterEvent::Printed { job, evidence }
        } else if self.rests() && after == before {
            let fault = PrinterFault::Offline;
            DocumentPrinterEvent::NotPrinted { job, fault }
        } else {
            let fault = PrinterFault::Silent;
            DocumentPrinterEvent::Unknown { job, fault }
        })
    }
}
