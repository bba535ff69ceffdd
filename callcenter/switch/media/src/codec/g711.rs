//! G.711: 64 kbit/s by two laws (ITU-T G.711; the arithmetic of G.191's reference).

/// Added before the segment is looked up, so that every segment has sixteen steps.
const MU_BIAS: i32 = 0x84;
const MU_CLIP: i32 = 0x7fff - MU_BIAS;
/// Even bits are inverted on the line, so that silence has edges.
const A_EVEN_BITS: u8 = 0x55;

/// Every µ-law octet's sample.
pub static FROM_MU_LAW: [i16; 256] = {
    let mut table = [0; 256];
    let mut octet = 0;
    while octet < 256 {
        table[octet] = mu_law_sample(octet as u8);
        octet += 1;
    }
    table
};
/// Every A-law octet's sample.
pub static FROM_A_LAW: [i16; 256] = {
    let mut table = [0; 256];
    let mut octet = 0;
    while octet < 256 {
        table[octet] = a_law_sample(octet as u8);
        octet += 1;
    }
    table
};

/// One sample as µ-law.
pub const fn to_mu_law(sample: i16) -> u8 {
    let sign = if sample < 0 { 0x80 } else { 0 };
    let size = (sample as i32).abs();
    let size = if size > MU_CLIP { MU_CLIP } else { size } + MU_BIAS;
    // The leading one stands in bit 7 for segment 0, in bit 14 for segment 7.
    let segment = 24 - size.leading_zeros() as i32;
    let step = size >> (segment + 3) & 0x0f;
    !(sign | (segment << 4 | step) as u8)
}

/// One sample as A-law.
pub const fn to_a_law(sample: i16) -> u8 {
    // One's complement: −1 is as small as 0.
    let (sign, size) = if sample < 0 {
        (0, !sample as i32)
    } else {
        (0x80, sample as i32)
    };
    let size = size >> 4;
    let code = if size < 16 {
        size
    } else {
        let segment = 28 - size.leading_zeros() as i32;
        segment << 4 | (size >> (segment - 1) & 0x0f)
    };
    (sign | code as u8) ^ A_EVEN_BITS
}

const fn mu_law_sample(octet: u8) -> i16 {
    let octet = !octet;
    let segment = octet >> 4 & 7;
    let size = (((((octet & 0x0f) as i32) << 3) + MU_BIAS) << segment) - MU_BIAS;
    if octet & 0x80 == 0 {
        size as i16
    } else {
        -size as i16
    }
}

const fn a_law_sample(octet: u8) -> i16 {
    let octet = octet ^ A_EVEN_BITS;
    let segment = octet >> 4 & 7;
    let step = ((octet & 0x0f) as i32) << 4;
    let size = match segment {
        0 => step + 8,
        _ => (step + 0x108) << (segment - 1),
    };
    if octet & 0x80 == 0 {
        -size as i16
    } else {
        size as i16
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Codes and samples of the tables 1a to 2b of G.711, at 16 bits.
    #[test]
    fn the_standards_corner_values_are_met() {
        let mu = [
            (0xff, 0),
            (0x7f, 0),
            (0x80, 32_124),
            (0x00, -32_124),
            (0xfe, 8),
            (0xef, 132),
            (0x8f, 16_764),
        ];
        for (octet, sample) in mu {
            assert_eq!(
                FROM_MU_LAW[usize::from(octet as u8)],
                sample,
                "µ-law {octet:02x}"
            );
        }
        let a = [
            (0xd5, 8),
            (0x55, -8),
            (0xaa, 32_256),
            (0x2a, -32_256),
            (0xc5, 264),
            (0xd4, 24),
        ];
        for (octet, sample) in a {
            assert_eq!(
                FROM_A_LAW[usize::from(octet as u8)],
                sample,
                "A-law {octet:02x}"
            );
        }
        assert_eq!(
            (to_mu_law(0), to_mu_law(i16::MAX), to_mu_law(i16::MIN)),
            (0xff, 0x80, 0x00)
        );
        assert_eq!(
            (to_a_law(0), to_a_law(i16::MAX), to_a_law(i16::MIN)),
            (0xd5, 0xaa, 0x2a)
        );
    }

    #[test]
    fn every_octet_comes_back_through_linear_and_every_sample_to_its_nearest() {
        for octet in 0..=255u8 {
            // µ-law has a negative zero, which is written as the positive one.
            let same = if octet == 0x7f { 0xff } else { octet };
            assert_eq!(to_mu_law(FROM_MU_LAW[usize::from(octet)]), same);
            assert_eq!(to_a_law(FROM_A_LAW[usize::from(octet)]), octet);
        }
        for sample in (i16::MIN..=i16::MAX).step_by(7) {
            let mu = i32::from(FROM_MU_LAW[usize::from(to_mu_law(sample))]);
            let a = i32::from(FROM_A_LAW[usize::from(to_a_law(sample))]);
            let sample = i32::from(sample);
            let step = (sample.abs() + 132) / 16 + 2;
            assert!(
                (mu - sample).abs() <= step.max(650 * i32::from(sample.abs() > 32_124)),
                "{sample} as {mu}"
            );
            assert!(
                (a - sample).abs() <= step.max(512 * i32::from(sample.abs() > 32_256)),
                "{sample} as {a}"
            );
        }
    }
}
