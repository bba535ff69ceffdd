//! A template as libfprint keeps it: `FP3`, then a GVariant of the form
//! `(issbymsmsia{sv}v)`, whose last part is `(a(aiaiai))`, a row of places and angles for
//! each look at the finger.
//!
//! NBIS counts upwards and turns a minutia round; ISO/IEC 19794-2 counts downwards.

use zeroize::{Zeroize, Zeroizing};

use crate::{Minutia, RecordFault, Views};

const MAGIC: &[u8; 3] = b"FP3";
const NBIS: i32 = 2;
/// No day is told.
const NO_DATE: i32 = i32::MIN;
const ANY_FINGER: u8 = 0;
const MINUTIAE_TYPE: &[u8] = b"\0(a(aiaiai))";

/// Which driver's reader a template is for; libfprint compares with no other's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Maker {
    pub driver: String,
    pub device: String,
}

/// What libfprint gave is no template of minutiae: the reader compares by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the reader's template has no minutiae")]
pub struct NotFp3;

impl Views {
    /// What libfprint reads as a template enrolled with this reader.
    pub fn to_fp3(&self, maker: &Maker) -> Zeroizing<Vec<u8>> {
        let height = self.iter().flatten().map(|it| it.y).max().unwrap_or(0);
        let mut samples = Container::new(4);
        for view in self.iter() {
            let mut columns = [Container::new(4), Container::new(4), Container::new(4)];
            for minutia in view {
                let place = [
                    i32::from(minutia.x),
                    i32::from(height) - i32::from(minutia.y),
                    degrees(minutia.angle),
                ];
                for (column, value) in columns.iter_mut().zip(place) {
                    column.fixed(&value.to_le_bytes(), 4);
                }
            }
            let mut sample = Container::new(4);
            let [x, y, angle] = columns;
            sample.variable(&x.bytes, 4);
            sample.variable(&y.bytes, 4);
            sample.last(&angle.bytes, 4);
            samples.variable(&sample.tuple(), 4);
        }
        let mut minutiae = samples.array();
        minutiae.extend_from_slice(MINUTIAE_TYPE);

        let mut print = Container::new(8);
        print.fixed(&NBIS.to_le_bytes(), 4);
        print.variable(&text(&maker.driver), 1);
        print.variable(&text(&maker.device), 1);
        print.fixed(&[0, ANY_FINGER], 1);
        // Neither a person's name nor a description.
        print.variable(&[], 1);
        print.variable(&[], 1);
        print.fixed(&NO_DATE.to_le_bytes(), 4);
        print.variable(&[], 8);
        print.last(&minutiae, 8);
        let print = print.tuple();

        let mut fp3 = Zeroizing::new(Vec::with_capacity(MAGIC.len() + print.len()));
        fp3.extend_from_slice(MAGIC);
        fp3.extend_from_slice(&print);
        fp3
    }

    /// # Errors
    /// When libfprint's template has no minutiae, or none that a record could hold.
    pub fn from_fp3(fp3: &[u8]) -> Result<Self, NotFp3> {
        let print = fp3.strip_prefix(MAGIC).ok_or(NotFp3)?;
        if print.first_chunk().copied().map(i32::from_le_bytes) != Some(NBIS) {
            return Err(NotFp3);
        }
        // The minutiae begin where the empty dictionary before them ends.
        let begin = *ends_of_tuple(print, 5)?.last().ok_or(NotFp3)?;
        let length = print.len() - 5 * offset_size(print.len());
        let minutiae = print.get(begin.next_multiple_of(8)..length).ok_or(NotFp3)?;
        let samples = minutiae.strip_suffix(MINUTIAE_TYPE).ok_or(NotFp3)?;
        let mut begin = 0;
        let mut rows = Vec::new();
        for end in ends_of_array(samples)? {
            let sample = samples.get(begin..end).ok_or(NotFp3)?;
            rows.push(columns(sample)?);
            begin = end.next_multiple_of(4);
        }
        let top = rows.iter().flat_map(|[_, y, _]| y).max().copied();
        let views = rows.iter().map(|[x, y, angle]| {
            let places = x.iter().zip(y).zip(angle);
            places.map(|((x, y), angle)| minutia(*x, top?.checked_sub(*y)?, *angle))
        });
        let views: Option<Vec<Vec<Minutia>>> = views.map(Iterator::collect).collect();
        rows.iter_mut().flatten().for_each(Zeroize::zeroize);
        Self::new(views.ok_or(NotFp3)?).map_err(|_: RecordFault| NotFp3)
    }
}

fn minutia(x: i32, y: i32, degrees: i32) -> Option<Minutia> {
    let turned = (degrees.rem_euclid(360) + 180) % 360;
    Some(Minutia {
        x: u16::try_from(x).ok()?,
        y: u16::try_from(y).ok()?,
        angle: u8::try_from((turned * 256 + 180) / 360 % 256).ok()?,
    })
}

/// Of NBIS, from -179 to 180.
fn degrees(angle: u8) -> i32 {
    let turned = (i32::from(angle) * 360 + 128) / 256 + 180;
    (turned + 179).rem_euclid(360) - 179
}

fn text(text: &str) -> Vec<u8> {
    // A zero would end it early.
    let text: Vec<u8> = text.bytes().take_while(|byte| *byte != 0).collect();
    [text.as_slice(), &[0]].concat()
}

/// Three columns of numbers.
fn columns(sample: &[u8]) -> Result<[Vec<i32>; 3], NotFp3> {
    let ends = ends_of_tuple(sample, 2)?;
    let [x, y] = ends.try_into().map_err(|_| NotFp3)?;
    let end = sample.len() - 2 * offset_size(sample.len());
    let column = |begin: usize, end: usize| {
        let bytes = sample.get(begin.next_multiple_of(4)..end).ok_or(NotFp3)?;
        let (values, rest) = bytes.as_chunks();
        let values = values.iter().copied().map(i32::from_le_bytes).collect();
        if rest.is_empty() {
            Ok(values)
        } else {
            Err(NotFp3)
        }
    };
    let columns: [Vec<i32>; 3] = [column(0, x)?, column(x, y)?, column(y, end)?];
    let [x, y, angle] = &columns;
    if x.len() == y.len() && y.len() == angle.len() {
        Ok(columns)
    } else {
        Err(NotFp3)
    }
}

/// So many bytes has a place in a container of this length.
fn offset_size(length: usize) -> usize {
    match length {
        0..=0xff => 1,
        0x100..=0xffff => 2,
        _ => 4,
    }
}

/// Where the members of a tuple end whose ends are told: at its own end, the last first.
fn ends_of_tuple(tuple: &[u8], members: usize) -> Result<Vec<usize>, NotFp3> {
    let size = offset_size(tuple.len());
    let begin = tuple.len().checked_sub(members * size).ok_or(NotFp3)?;
    let ends = tuple[begin..].chunks(size).rev().map(number).collect();
    Ok(ends)
}

/// Where the members of an array end; the last end tells where the ends begin.
fn ends_of_array(array: &[u8]) -> Result<Vec<usize>, NotFp3> {
    let size = offset_size(array.len());
    let last = array.len().checked_sub(size).ok_or(NotFp3)?;
    let begin = number(&array[last..]);
    let ends = array.get(begin..).ok_or(NotFp3)?;
    Ok(ends.chunks(size).map(number).collect())
}

fn number(bytes: &[u8]) -> usize {
    let fold = |number: usize, byte: &u8| number << 8 | usize::from(*byte);
    bytes.iter().rev().fold(0, fold)
}

/// A tuple or an array of GVariant, as it grows.
struct Container {
    bytes: Zeroizing<Vec<u8>>,
    ends: Vec<usize>,
}

impl Container {
    fn new(capacity: usize) -> Self {
        Self {
            bytes: Zeroizing::new(Vec::with_capacity(capacity * 1024)),
            ends: Vec::new(),
        }
    }

    fn fixed(&mut self, member: &[u8], alignment: usize) {
        let place = self.bytes.len().next_multiple_of(alignment);
        self.bytes.resize(place, 0);
        self.bytes.extend_from_slice(member);
    }

    /// A member whose end must be told.
    fn variable(&mut self, member: &[u8], alignment: usize) {
        self.fixed(member, alignment);
        self.ends.push(self.bytes.len());
    }

    /// The last member of a tuple ends where it ends.
    fn last(&mut self, member: &[u8], alignment: usize) {
        self.fixed(member, alignment);
    }

    fn tuple(mut self) -> Zeroizing<Vec<u8>> {
        self.ends.reverse();
        self.array()
    }

    fn array(mut self) -> Zeroizing<Vec<u8>> {
        let length = |size: usize| self.bytes.len() + self.ends.len() * size;
        let size = [1, 2, 4]
            .into_iter()
            .find(|size| offset_size(length(*size)) <= *size);
        for end in &self.ends {
            let end = end.to_le_bytes();
            self.bytes.extend_from_slice(&end[..size.unwrap_or(4)]);
        }
        self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn maker() -> Maker {
        Maker {
            driver: "virtual_image".to_owned(),
            device: "0".to_owned(),
        }
    }

    proptest! {
        #[test]
        fn libfprints_form_keeps_every_look_but_where_it_lay(
            places in prop::collection::vec(
                prop::collection::vec((0..2000_u16, 0..2000_u16, any::<u8>()), 1..=200),
                1..=16,
            ),
        ) {
            let views = places.into_iter().map(|view| {
                view.into_iter().map(|(x, y, angle)| Minutia { x, y, angle }).collect()
            });
            let views = Views::new(views.collect()).expect("within bounds");
            let back = Views::from_fp3(&views.to_fp3(&maker())).expect("its own form");
            let lowest = views.iter().flatten().map(|it| it.y).min();
            for (there, back) in views.iter().zip(back.iter()) {
                prop_assert_eq!(there.len(), back.len());
                for (there, back) in there.iter().zip(back) {
                    let moved = Minutia { y: back.y + lowest.unwrap_or(0), ..*back };
                    prop_assert_eq!(*there, moved);
                }
            }
        }

        #[test]
        fn whatever_libfprint_gives_is_judged(
            bytes in prop::collection::vec(any::<u8>(), 0..300),
            place in 0..400_usize,
        ) {
            let view = vec![Minutia { x: 5, y: 6, angle: 7 }; 20];
            let mut fp3 = Views::new(vec![view]).expect("one view").to_fp3(&maker()).to_vec();
            let end = fp3.len().min(place + bytes.len());
            if place < end {
                fp3[place..end].copy_from_slice(&bytes[..end - place]);
            }
            let _ = Views::from_fp3(&fp3);
            let _ = Views::from_fp3(&[MAGIC.as_slice(), &bytes].concat());
        }
    }

    #[test]
    fn an_angle_comes_back_as_it_went() {
        for angle in 0..=u8::MAX {
            let back = minutia(0, 0, degrees(angle)).expect("on the circle");
            assert_eq!(back.angle, angle);
            assert!((-179..=180).contains(&degrees(angle)), "{angle}");
        }
    }
}
