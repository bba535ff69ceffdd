//! Walks a chain and names the first entry that is not what was written.
//!
//! Without I/O: whoever holds the entries shows them in the order they lie in.
//! What the chain alone cannot tell (its end cut off, all of it written anew) is
//! told by the heads that were co-signed while the journal was whole.

use std::fmt;

use request::{RequestId, Timestamp};

use crate::{Hash, Head, Salt, commitment};

/// An entry as it lies in the file.
#[derive(Clone, Copy, Debug)]
pub struct Link<'a> {
    pub number: u64,
    pub request: &'a RequestId,
    pub recorded_at: Timestamp,
    /// Salt and body; none when they were erased.
    pub body: Option<(&'a Salt, &'a str)>,
    pub commitment: Hash,
    /// The chain's hash after this entry.
    pub hash: Hash,
}

/// The first entry with which something is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding {
    pub number: u64,
    pub wrong: Wrong,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    Missing,
    /// It lies behind entries that were written after it.
    OutOfPlace,
    /// Its number was used before.
    Repeated,
    /// The body is not the one that was committed to.
    Body,
    /// Request, time, commitment or hash were changed, or it never belonged here.
    Link,
    /// A head with this number was signed; the journal ends before it.
    Shortened {
        signed: u64,
    },
    /// All of it fits together, but it is not what was signed: the change lies
    /// between this entry and the signed one.
    Rewritten {
        signed: u64,
    },
}

/// What the walk has shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audited {
    /// After the last entry that is what was written.
    pub head: Head,
    /// Entries of these whose bodies were erased.
    pub erased: u64,
    pub finding: Option<Finding>,
}

/// The walk itself.
#[derive(Debug)]
pub struct Audit {
    head: Head,
    /// Signed heads of this chain still ahead, the nearest last.
    signed: Vec<Head>,
    /// Everything up to here is what was signed.
    certain: u64,
    erased: u64,
    finding: Option<Finding>,
}

impl Audit {
    /// `genesis` is the head before the first entry. Of the `signed` heads, whose
    /// signatures the caller has verified, those of other chains are left aside.
    pub fn new(genesis: Head, signed: impl IntoIterator<Item = Head>) -> Self {
        let mut signed: Vec<Head> = signed
            .into_iter()
            .filter(|it| it.station == genesis.station && it.incarnation == genesis.incarnation)
            .collect();
        signed.sort_by_key(|it| std::cmp::Reverse(it.number));
        let mut audit = Self {
            head: genesis,
            signed,
            certain: 0,
            erased: 0,
            finding: None,
        };
        audit.compare();
        audit
    }

    /// Looks at the next entry of the file.
    pub fn take(&mut self, link: &Link<'_>) {
        if let Some(finding) = &mut self.finding {
            // Only whether what is missing here turns up further on.
            if finding.wrong == Wrong::Missing && finding.number == link.number {
                finding.wrong = Wrong::OutOfPlace;
            }
            return;
        }
        let due = self.head.number + 1;
        if link.number != due {
            return self.find(if link.number > due {
                (due, Wrong::Missing)
            } else {
                (link.number, Wrong::Repeated)
            });
        }
        if let Some((salt, body)) = link.body
            && commitment(salt, body) != link.commitment
        {
            return self.find((due, Wrong::Body));
        }
        let after = self
            .head
            .after(link.request, link.recorded_at, &link.commitment);
        if after.hash != link.hash {
            return self.find((due, Wrong::Link));
        }
        self.head = after;
        self.erased += u64::from(link.body.is_none());
        self.compare();
    }

    /// The file has no further entry.
    pub fn finish(mut self) -> Audited {
        if let (None, Some(signed)) = (self.finding, self.signed.first()) {
            let signed = signed.number;
            self.find((self.head.number + 1, Wrong::Shortened { signed }));
        }
        Audited {
            head: self.head,
            erased: self.erased,
            finding: self.finding,
        }
    }

    /// Compares the chain with what was signed at this number.
    fn compare(&mut self) {
        while let Some(signed) = self.signed.last()
            && signed.number == self.head.number
        {
            if signed.hash != self.head.hash {
                let signed = signed.number;
                return self.find((self.certain + 1, Wrong::Rewritten { signed }));
            }
            self.certain = signed.number;
            self.signed.pop();
        }
    }

    fn find(&mut self, (number, wrong): (u64, Wrong)) {
        self.finding = Some(Finding { number, wrong });
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { number, wrong } = self;
        match wrong {
            Wrong::Missing => write!(f, "entry {number} is missing"),
            Wrong::OutOfPlace => write!(f, "entry {number} lies behind later ones"),
            Wrong::Repeated => write!(f, "entry {number} is there a second time"),
            Wrong::Body => write!(f, "the body of entry {number} was altered"),
            Wrong::Link => write!(f, "entry {number} was altered, or did not belong here"),
            Wrong::Shortened { signed } => write!(
                f,
                "entry {number} is missing and so are all after it; {signed} were signed for"
            ),
            Wrong::Rewritten { signed } => write!(
                f,
                "entries {number} to {signed} are not those that were signed for"
            ),
        }
    }
}
