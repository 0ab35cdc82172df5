//! The index that is written: kept in memory, changed module by module.

use std::sync::Arc;

use tantivy::indexer::{IndexWriterOptions, NoMergePolicy};
use tantivy::store::Compressor;
use tantivy::{IndexReader, IndexSettings, IndexWriter, ReloadPolicy};

use crate::content::compiler::Changed;
use crate::content::words::Words;
use crate::domain::ids::ModuleId;

use super::analysis;
use super::document::SectionDocument;
use super::elsewhere::Elsewhere;
use super::meaning::Vocabulary;
use super::names::Names;
use super::remember::Memories;
use super::schema::schema;
use super::urgent::Urgencies;
use super::{Search, SearchError, Shared};

/// The memory a writing thread may use before it closes a segment, for few sections and for many.
const SMALL_HEAP: usize = 15_000_000;
const LARGE_HEAP: usize = 40_000_000;

/// From this number of sections on, a second thread and larger segments pay.
const MANY_SECTIONS: usize = 500;

/// A search looks into every segment, and each has its own words: a new index becomes one, and beyond
/// this number the smallest do.
const MOST_SEGMENTS: usize = 8;

/// How many blocks of stored sections stay unpacked, 4 KB each: the same come again and again.
const STORE_BLOCKS: usize = 256;

/// The search index of a course, in memory.
///
/// There is no thread of its own between two calls of [`Index::apply`].
pub struct Index {
    index: tantivy::Index,
    reader: IndexReader,
    shared: Arc<Shared>,
    names: Arc<Names>,
    words: Words,
}

impl Index {
    /// An empty index of a course with these words: with others it is another index.
    ///
    /// # Errors
    /// [`SearchError`] where there is no memory for it.
    pub fn new(words: &Words) -> Result<Self, SearchError> {
        let (schema, fields) = schema();
        let vocabulary = Arc::new(Vocabulary::new(words));
        let index = tantivy::Index::builder()
            .schema(schema)
            .tokenizers(analysis::tokenizers(|lang| vocabulary.stems(lang)))
            .settings(IndexSettings {
                docstore_compression: Compressor::Lz4,
                docstore_compress_dedicated_thread: false,
                docstore_blocksize: 4096,
                ..IndexSettings::default()
            })
            .create_in_ram()?;
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(STORE_BLOCKS)
            .try_into()?;
        let shared = Arc::new(Shared {
            fields,
            urgent: Urgencies::new(words, &vocabulary),
            elsewhere: Elsewhere::new(words, &vocabulary),
            memories: Memories::default(),
            vocabulary,
        });
        Ok(Self {
            index,
            reader,
            shared,
            names: Arc::default(),
            words: words.clone(),
        })
    }

    /// The words that it was made with.
    #[must_use]
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// Takes in new and changed modules, forgets the removed ones, and gives the new snapshot.
    /// Snapshots given before stay as they were.
    ///
    /// # Errors
    /// [`SearchError`] where there is no memory for it; the index is then as it was before.
    pub fn apply(
        &mut self,
        changed: Vec<Changed>,
        removed: &[ModuleId],
    ) -> Result<Search, SearchError> {
        let many = changed
            .iter()
            .map(|changed| changed.sections.len())
            .sum::<usize>()
            > MANY_SECTIONS;
        let options = IndexWriterOptions::builder()
            .num_worker_threads(if many { threads() } else { 1 })
            .memory_budget_per_thread(if many { LARGE_HEAP } else { SMALL_HEAP })
            .num_merge_threads(1)
            .build();
        let mut writer: IndexWriter<SectionDocument> = self.index.writer_with_options(options)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        let fields = &self.shared.fields;
        let is_new = self.index.searchable_segment_ids()?.is_empty();
        let names = Arc::make_mut(&mut self.names);
        for id in removed {
            names.remove(id);
            writer.delete_term(fields.module_term(id));
        }
        for changed in changed {
            writer.delete_term(fields.module_term(&changed.module.id));
            names.add(&changed, &self.shared.vocabulary);
            for document in SectionDocument::all(*fields, changed) {
                writer.add_document(document)?;
            }
        }
        names.weigh();
        writer.commit()?;
        let most = if is_new { 1 } else { MOST_SEGMENTS };
        self.tidy(&mut writer, most)?;
        drop(writer);
        self.reader.reload()?;
        Ok(Search {
            searcher: self.reader.searcher(),
            shared: self.shared.clone(),
            names: Arc::clone(&self.names),
        })
    }

    /// Makes one segment of the smallest where there are more than so many.
    fn tidy(
        &self,
        writer: &mut IndexWriter<SectionDocument>,
        most: usize,
    ) -> Result<(), SearchError> {
        let mut segments = self.index.searchable_segment_metas()?;
        if segments.len() > most {
            segments.sort_by_key(tantivy::SegmentMeta::num_docs);
            let smallest: Vec<_> = segments
                .iter()
                .take(segments.len() - most / 2)
                .map(tantivy::SegmentMeta::id)
                .collect();
            writer.merge(&smallest).wait()?;
        }
        // While it is known of, what it was stays in memory.
        drop(segments);
        writer.garbage_collect_files().wait()?;
        Ok(())
    }
}

fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, |cores| cores.get().min(4))
}
