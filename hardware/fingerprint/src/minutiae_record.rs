//! A template as offices exchange it: the finger minutiae record of ISO/IEC 19794-2:2005
//! (`isoFmd` in XFS4IoT).

use zeroize::{Zeroize, Zeroizing};

const MAGIC: &[u8; 8] = b"FMR\0 20\0";
const HEAD: usize = 24;
const VIEW_HEAD: usize = 4;
const MINUTIA: usize = 6;
/// As many as a view's number has room for.
const VIEWS_MAX: usize = 16;
/// As many as libfprint's matcher looks at.
pub(crate) const MINUTIAE_MAX: usize = 200;
/// 500 dpi, in pixels a centimetre.
const RESOLUTION: u16 = 197;
/// Of another resolution by a third and more the same finger would not be known again.
const RESOLUTIONS: std::ops::RangeInclusive<u16> = 190..=205;
const PLACE_MAX: u16 = 0x3fff;

/// A place at which a ridge ends or forks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Minutia {
    /// In pixels from the left.
    pub x: u16,
    /// From above.
    pub y: u16,
    /// In 256ths of a circle, against the clock from the right.
    pub angle: u8,
}

/// One look at a finger.
pub type View = Vec<Minutia>;

/// One or several looks at the same finger.
#[derive(Clone, PartialEq, Eq)]
pub struct Views(Vec<View>);

/// Why a record is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordFault {
    #[error("it is no finger minutiae record of ISO/IEC 19794-2:2005")]
    Unknown,
    #[error("it does not end where it says")]
    Length,
    #[error("its resolution is not 500 dpi")]
    Resolution,
    #[error("it has no view, or more than sixteen")]
    Views,
    #[error("a view has no minutia, or more than two hundred")]
    Minutiae,
}

impl Views {
    /// # Errors
    /// When no record could hold them.
    pub fn new(views: Vec<View>) -> Result<Self, RecordFault> {
        let views = Self(views);
        if views.0.is_empty() || views.0.len() > VIEWS_MAX {
            return Err(RecordFault::Views);
        }
        let filled = |view: &View| (1..=MINUTIAE_MAX).contains(&view.len());
        if !views.0.iter().all(filled) {
            return Err(RecordFault::Minutiae);
        }
        Ok(views)
    }

    pub fn iter(&self) -> impl Iterator<Item = &View> {
        self.0.iter()
    }

    pub fn to_record(&self) -> Zeroizing<Vec<u8>> {
        let minutiae: usize = self.0.iter().map(Vec::len).sum();
        let length = HEAD + self.0.len() * (VIEW_HEAD + 2) + minutiae * MINUTIA;
        let all = || self.0.iter().flatten();
        let width = all().map(|it| it.x).max().unwrap_or(0).saturating_add(1);
        let height = all().map(|it| it.y).max().unwrap_or(0).saturating_add(1);
        let mut record = Zeroizing::new(Vec::with_capacity(length));
        record.extend_from_slice(MAGIC);
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        record.extend_from_slice(&length.to_be_bytes());
        // No certified equipment.
        record.extend_from_slice(&[0, 0]);
        for size in [width, height, RESOLUTION, RESOLUTION] {
            record.extend_from_slice(&size.to_be_bytes());
        }
        record.extend_from_slice(&[small(self.0.len()), 0]);
        for (number, view) in self.0.iter().enumerate() {
            // Any finger, live-scan plain, no quality told.
            record.extend_from_slice(&[0, small(number) << 4, 0, small(view.len())]);
            for minutia in view {
                record.extend_from_slice(&minutia.x.min(PLACE_MAX).to_be_bytes());
                record.extend_from_slice(&minutia.y.min(PLACE_MAX).to_be_bytes());
                record.extend_from_slice(&[minutia.angle, 0]);
            }
            // No extended data.
            record.extend_from_slice(&[0, 0]);
        }
        record
    }

    /// # Errors
    /// When it is no record, or one that cannot be compared with.
    pub fn from_record(record: &[u8]) -> Result<Self, RecordFault> {
        let head = record.first_chunk::<HEAD>().ok_or(RecordFault::Unknown)?;
        if !head.starts_with(MAGIC) {
            return Err(RecordFault::Unknown);
        }
        let length = u32::from_be_bytes([head[8], head[9], head[10], head[11]]);
        if usize::try_from(length) != Ok(record.len()) {
            return Err(RecordFault::Length);
        }
        for place in [18, 20] {
            let resolution = u16::from_be_bytes([head[place], head[place + 1]]);
            if !RESOLUTIONS.contains(&resolution) {
                return Err(RecordFault::Resolution);
            }
        }
        let mut rest = &record[HEAD..];
        let mut views = Vec::new();
        for _ in 0..head[22] {
            let [_, _, _, count] = *take::<VIEW_HEAD>(&mut rest)?;
            let mut view = Vec::with_capacity(usize::from(count));
            for _ in 0..count {
                let [x1, x2, y1, y2, angle, _] = *take::<MINUTIA>(&mut rest)?;
                view.push(Minutia {
                    x: u16::from_be_bytes([x1, x2]) & PLACE_MAX,
                    y: u16::from_be_bytes([y1, y2]) & PLACE_MAX,
                    angle,
                });
            }
            views.push(view);
            let extended = u16::from_be_bytes(*take::<2>(&mut rest)?);
            rest = rest
                .get(usize::from(extended)..)
                .ok_or(RecordFault::Length)?;
        }
        if !rest.is_empty() {
            return Err(RecordFault::Length);
        }
        Self::new(views)
    }
}

fn take<'a, const N: usize>(rest: &mut &'a [u8]) -> Result<&'a [u8; N], RecordFault> {
    let (taken, left) = rest.split_first_chunk().ok_or(RecordFault::Length)?;
    *rest = left;
    Ok(taken)
}

fn small(number: usize) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

impl Zeroize for Minutia {
    fn zeroize(&mut self) {
        self.x.zeroize();
        self.y.zeroize();
        self.angle.zeroize();
    }
}

impl Drop for Views {
    fn drop(&mut self) {
        self.0.iter_mut().for_each(Zeroize::zeroize);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn minutia() -> impl Strategy<Value = Minutia> {
        (0..=PLACE_MAX, 0..=PLACE_MAX, any::<u8>()).prop_map(|(x, y, angle)| Minutia {
            x,
            y,
            angle,
        })
    }

    proptest! {
        #[test]
        fn a_record_says_what_was_written(
            views in prop::collection::vec(prop::collection::vec(minutia(), 1..40), 1..=16),
        ) {
            let views = Views::new(views).expect("within bounds");
            prop_assert!(Views::from_record(&views.to_record()) == Ok(views));
        }

        #[test]
        fn whatever_comes_is_judged(
            bytes in prop::collection::vec(any::<u8>(), 0..200),
            place in 0..200_usize,
        ) {
            let views = Views::new(vec![vec![Minutia { x: 1, y: 2, angle: 3 }; 20]]).expect("one view");
            let mut record = views.to_record().to_vec();
            let end = record.len().min(place + bytes.len());
            if place < end {
                record[place..end].copy_from_slice(&bytes[..end - place]);
            }
            let _ = Views::from_record(&record);
            let _ = Views::from_record(&bytes);
        }
    }

    #[test]
    fn one_minutia_stands_where_the_standard_says() {
        let views = Views::new(vec![vec![Minutia {
            x: 258,
            y: 515,
            angle: 64,
        }]]);
        let record = views.expect("one").to_record();

        assert_eq!(&record[..12], b"FMR\0 20\0\0\0\0\x24");
        assert_eq!(record[12..24], [0, 0, 1, 3, 2, 4, 0, 197, 0, 197, 1, 0]);
        assert_eq!(record[24..], [0, 0, 0, 1, 1, 2, 2, 3, 64, 0, 0, 0]);
    }

    #[test]
    fn what_cannot_be_compared_with_is_refused() {
        let record = Views::new(vec![vec![Minutia {
            x: 1,
            y: 1,
            angle: 0,
        }]]);
        let record = record.expect("one").to_record();
        let bent = |place: usize, byte: u8| {
            let mut bent = record.to_vec();
            bent[place] = byte;
            Views::from_record(&bent).err()
        };

        assert_eq!(bent(0, b'G'), Some(RecordFault::Unknown));
        assert_eq!(bent(11, 1), Some(RecordFault::Length));
        assert_eq!(bent(19, 100), Some(RecordFault::Resolution));
        assert_eq!(bent(22, 0), Some(RecordFault::Length));
        assert_eq!(bent(27, 0), Some(RecordFault::Length));
        assert_eq!(Views::new(vec![]).err(), Some(RecordFault::Views));
        assert_eq!(Views::new(vec![vec![]]).err(), Some(RecordFault::Minutiae));
    }
}
