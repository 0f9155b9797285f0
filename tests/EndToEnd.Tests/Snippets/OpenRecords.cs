using PluginLoggers;

namespace ReadmeSnippets;

/// <summary>What the README says of open records.</summary>
internal static class OpenRecords
{
    public static void Log(ILightningLogger logger, int step)
    {
        bool[] labels = [true, false, true];
        float[] predictions = [0.9f, 0.2f, 0.4f];
        float[] vertices = [0, 0, 0, 1, 0, 0, 0, 1, 0];
        int[] faces = [0, 1, 2];
        float[] vectors = [0, 0, 1, 0, 1, 0];
        string[] words = ["one", "two"];

        logger.LogScalarCharts(new ScalarChartCategory("loss", [ScalarChart.Lines("training and validation", "train/loss", "val/loss")]));
        logger.LogPrCurve("val/pr", PrCurveData.FromPredictions(labels, predictions), step);
        logger.LogMesh("scan", new MeshData(vertices, faces), step);
        logger.LogEmbedding("words", new EmbeddingData(vectors, dimensions: 3, words), step);
    }
}
