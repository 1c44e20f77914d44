package io.quorate.cloud.zk.config;

import java.util.List;

/**
 * What an import stands for.
 *
 * @param servers where its contexts are
 * @param contexts a later one wins
 * @param settings how they are read
 */
record ResolvedImport(ImportedServers servers, List<ImportedContext> contexts, ImportSettings settings) {}
