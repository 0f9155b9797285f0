namespace PluginLoggers.Cli.Training;

/// <summary>Trains a <see cref="DigitClassifier"/> and logs how it goes. Which backends receive that is not its business.</summary>
/// <param name="logger">The run.</param>
/// <param name="options">The hyperparameters.</param>
internal sealed class DigitsTrainer(ILightningLogger logger, TrainingOptions options)
{
    private const int ImagesShown = 8;

    /// <summary>Trains to the end.</summary>
    /// <param name="progress">Told after each step and each epoch.</param>
    /// <param name="cancellationToken">Stops the training after the step it is at.</param>
    /// <exception cref="TrainingDivergedException">The loss is no longer a number.</exception>
    public TrainingResult Train(IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        logger.LogHyperparams(options);

        var (training, heldOut) = Digits.Load();
        var random = new Random(options.Seed);
        var model = new DigitClassifier(options.HiddenUnits, random);
        var order = Enumerable.Range(0, training.Count).ToArray();
        var steps = (long)options.Epochs * ((order.Length + options.BatchSize - 1) / options.BatchSize);

        var step = 0L;
        var best = 0.0;
        string? checkpoint = null;
        var validation = Evaluation.Of(model, heldOut);
        for (var epoch = 1; epoch <= options.Epochs; epoch++)
        {
            random.Shuffle(order);
            var loss = 0.0;
            foreach (var batch in order.Chunk(options.BatchSize))
            {
                cancellationToken.ThrowIfCancellationRequested();
                loss = Learn(model, training, batch, step);
                progress.Report(new TrainingProgress(epoch, options.Epochs, ++step, steps, loss, Validation: null));
            }

            validation = Evaluation.Of(model, heldOut);
            LogEpoch(model, validation, epoch, step - 1);
            if (validation.Accuracy > best)
            {
                best = validation.Accuracy;
                checkpoint = SaveCheckpoint(model, validation, epoch, step - 1) ?? checkpoint;
            }

            progress.Report(new TrainingProgress(epoch, options.Epochs, step, steps, loss, validation));
        }

        LogMistakes(heldOut, validation, step - 1);
        logger.LogText("summary", TrainingSummary.Of(options, heldOut, validation, best), step - 1);
        logger.LogMetric("hp_metric", validation.Accuracy, step - 1);
        return new TrainingResult(validation, heldOut.Count, step, checkpoint);
    }

    private double Learn(DigitClassifier model, DigitImages images, int[] batch, long step)
    {
        var (loss, right) = (0.0, 0);
        foreach (var index in batch)
        {
            var prediction = model.Learn(images.Image(index), images.Label(index));
            loss += prediction.Loss / batch.Length;
            right += prediction.Digit == images.Label(index) ? 1 : 0;
        }

        model.Step((float)options.LearningRate, (float)options.Momentum, batch.Length);
        logger.LogMetrics([("train/loss", loss), ("train/accuracy", (double)right / batch.Length)], step);
        return double.IsFinite(loss) ? loss : throw new TrainingDivergedException(step, options.LearningRate);
    }

    private void LogEpoch(DigitClassifier model, Evaluation validation, int epoch, long step)
    {
        logger.LogMetrics([("val/loss", validation.Loss), ("val/accuracy", validation.Accuracy), ("epoch", epoch)], step);
        foreach (var parameter in model.Parameters)
        {
            logger.LogHistogram($"parameters/{parameter.Name}", HistogramData.FromValues(parameter.Values.AsSpan()), step);
        }
    }

    private string? SaveCheckpoint(DigitClassifier model, Evaluation validation, int epoch, long step)
    {
        if (logger.SaveDir is null)
        {
            return null;
        }

        // A file of its own for each: what was logged by reference must stay as it was.
        var folder = Directory.CreateDirectory(Path.Combine(logger.SaveDir, logger.Name, logger.Version, "checkpoints"));
        var path = Path.Combine(folder.FullName, $"epoch_{epoch}.safetensors");
        SafeTensors.Write(path, model.Parameters);
        logger.AfterSaveCheckpoint(new Checkpoint(path)
        {
            Step = step,
            Metric = "val/accuracy",
            Score = validation.Accuracy,
            IsBest = true,
        });
        return path;
    }

    private void LogMistakes(DigitImages images, Evaluation validation, long step)
    {
        foreach (var (index, digit) in validation.Mistakes.Take(ImagesShown))
        {
            logger.LogImage($"misclassified/{index}: {images.Label(index)} read as {digit}", DigitPicture.Of(images.Image(index)), step);
        }
    }
}
