//! The tables below `tables/` as rows. What their columns say, who reads a table knows.

/// The rows of a table: lines that are neither empty nor comments, cut at tabs into `N` columns.
pub(crate) fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut columns = line.splitn(N, '\t');
        let mut row = [""; N];
        for cell in &mut row {
            *cell = columns.next()?.trim();
        }
        Some(row)
    })
}
